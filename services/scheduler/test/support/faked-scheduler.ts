import { makeStack, type SeenRecord, type Stack, until, watchTopic } from '@daybook/shared/testing'
import { type FakeClock, findFakeTime, makeFakeClock } from '@daybook/shared/testing/clocks'
import kafkajs from 'kafkajs'
import type { Test } from 'tap'
import { CLOCK, startScheduler } from './scheduler.ts'

const found = await findFakeTime()
/** Test options that skip a test when there is no libfaketime, and say why. */
export const withFakeTime = 'missing' in found ? { skip: found.missing } : {}
const library = 'missing' in found ? '' : found.library

/** A scheduler whose clock the test sets. */
export interface Faked {
  clock: FakeClock
  put: (name: string, definition: object) => Promise<void>
  records: SeenRecord[]
  /** Waits until a slot has fired. */
  fired: (name: string, slot: string) => Promise<SeenRecord>
  /** The slots that have fired so far; a slot that fired twice appears twice. */
  slots: (name: string) => string[]
}

/** Starts a scheduler whose clock starts at an instant. */
export async function startFaked(t: Test, begin: string): Promise<Faked> {
  const stack = await makeStack(t)
  await makeLastingTopic(stack)
  const clock = await makeFakeClock(t, library, new Date(begin))
  // Overdue days are not logged when the clock jumps over months.
  const aYear = String(366 * 86_400)
  const settings = {
    TIME_ZONES: 'UTC',
    SCHEDULE_MIN_INTERVAL_SECONDS: '1',
    DAY_CLOSE_DEADLINE_SECONDS: aYear,
  }
  const env = { ...clock.env, ...settings }
  const scheduler = await startScheduler(t, stack, env)
  // SIGKILL would leave the shared memory of libfaketime behind.
  t.teardown(() => scheduler.end('SIGTERM'))
  const records = await watchTopic(t, stack, CLOCK)
  // The start takes some seconds, and the fake clock goes on meanwhile. libfaketime ignores an instant that it was given before.
  await clock.set(new Date(Date.parse(begin) + 1000))
  const idOf = (name: string, slot: string) => `firing:${name}:${instant(slot)}`
  return {
    clock,
    records,
    async put(name, definition) {
      const { status, body } = await scheduler.put(name, definition)
      if (status !== 201) throw new Error(`${name}: ${JSON.stringify(body)}`)
    },
    fired: (name, slot) =>
      until(`${name} has fired for ${slot}`, () =>
        records.find(({ headers }) => headers.ce_id === idOf(name, slot)),
      ),
    slots: name =>
      distinct(records)
        .filter(({ key }) => key === name)
        .map(({ value }) => slotText(Date.parse(String(value.slot)))),
  }
}

/** An instant in the format of schedules and events. */
export const instant = (text = '') => new Date(text).toISOString()
/** Formats a slot, given in milliseconds, as briefly as possible. */
export const slotText = (slot: number) => new Date(slot).toISOString().replace(/(:00)?\.000Z$/, 'Z')

/** Creates the topic without a retention: a broker would otherwise delete records of past years during the test. */
async function makeLastingTopic({ brokers, prefix }: Stack): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const configEntries = [{ name: 'retention.ms', value: '-1' }]
  const topic = prefix + CLOCK
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: false })
  // The wait of kafkajs ends with an error when the broker does not know the new topic yet.
  await until('the topic has a leader', async () => {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
    return topics[0]?.partitions.some(({ leader }) => leader >= 0)
  })
  await admin.disconnect()
}

/** Removes records that were sent again, byte for byte. Events that were fired again differ in `firedAt`, and stay. */
export const distinct = (records: SeenRecord[]) => [
  ...new Map(records.map(record => [JSON.stringify([record.headers, record.value]), record])).values(),
]

/** The records of operators' schedules. */
export const firings = (records: SeenRecord[]) =>
  records.filter(({ headers }) => headers.ce_type === 'ScheduleFired')

/** By how many milliseconds a slot fired after its time. */
export const lateness = ({ slot, firedAt }: SeenRecord['value']) =>
  Date.parse(String(firedAt)) - Date.parse(String(slot))
