import { makeStack, type SeenRecord, type Stack, until, watchTopic } from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import type { Test } from 'tap'
import { type FakeClock, findFakeTime, makeFakeClock } from './fake-clock.ts'
import { CLOCK, startScheduler } from './scheduler.ts'

const found = await findFakeTime()
/** Skips a test where there is no libfaketime, and says why. */
export const withFakeTime = 'missing' in found ? { skip: found.missing } : {}
const library = 'missing' in found ? '' : found.library

/** A scheduler whose clock a test sets, what it fired so far, and its operator. */
export interface Faked {
  clock: FakeClock
  put: (name: string, definition: object) => Promise<void>
  records: SeenRecord[]
  /** Waits until a slot is fired. */
  fired: (name: string, slot: string) => Promise<SeenRecord>
  /** The slots that are fired so far, as often as they are. */
  slots: (name: string) => string[]
}

/** Starts a scheduler whose clock begins at an instant. */
export async function startFaked(t: Test, begin: string): Promise<Faked> {
  const stack = await makeStack(t)
  await makeLastingTopic(stack)
  const clock = await makeFakeClock(t, library, new Date(begin))
  // What days end when the clock jumps over months is no news here.
  const aYear = String(366 * 86_400)
  const settings = {
    TIME_ZONES: 'UTC',
    SCHEDULE_MIN_INTERVAL_SECONDS: '1',
    DAY_CLOSE_DEADLINE_SECONDS: aYear,
  }
  const env = { ...clock.env, ...settings }
  const scheduler = await startScheduler(t, stack, env)
  // Killed, it would leave libfaketime's shared memory behind.
  t.teardown(() => scheduler.end('SIGTERM'))
  const records = await watchTopic(t, stack, CLOCK)
  const idOf = (name: string, slot: string) => `firing:${name}:${instant(slot)}`
  return {
    clock,
    records,
    async put(name, definition) {
      const { status, body } = await scheduler.put(name, definition)
      if (status !== 201) throw new Error(`${name}: ${JSON.stringify(body)}`)
    },
    fired: (name, slot) =>
      until(`${name} is fired at ${slot}`, () =>
        records.find(({ headers }) => headers.ce_id === idOf(name, slot)),
      ),
    slots: name =>
      distinct(records)
        .filter(({ key }) => key === name)
        .map(({ value }) => slotText(Date.parse(String(value.slot)))),
  }
}

/** An instant as schedules and events have it. */
export const instant = (text = '') => new Date(text).toISOString()
/** A slot, in ms, as short as it can be told. */
export const slotText = (slot: number) => new Date(slot).toISOString().replace(/(:00)?\.000Z$/, 'Z')

/** By its own settings a broker would delete records of other years while the test runs. */
async function makeLastingTopic({ brokers, prefix }: Stack): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const configEntries = [{ name: 'retention.ms', value: '-1' }]
  await admin.createTopics({
    topics: [{ topic: prefix + CLOCK, numPartitions: 1, configEntries }],
    waitForLeaders: true,
  })
  await admin.disconnect()
}

/** Without those that were sent again: the same events, byte for byte, where one fired again says another time. */
export const distinct = (records: SeenRecord[]) => [
  ...new Map(records.map(record => [JSON.stringify([record.headers, record.value]), record])).values(),
]

/** What operators' schedules fired. */
export const firings = (records: SeenRecord[]) =>
  records.filter(({ headers }) => headers.ce_type === 'ScheduleFired')

/** By how many milliseconds a slot was fired after its time. */
export const lateness = ({ slot, firedAt }: SeenRecord['value']) =>
  Date.parse(String(firedAt)) - Date.parse(String(slot))
