import { randomUUID } from 'node:crypto'
import {
  clockEvents,
  type Envelope,
  endOfDayEvent,
  eventReader,
  scheduleFiredEvent,
  type TasksPublished,
  toMessage,
} from '@daybook/shared/events'
import type { IncomingMessage, OutgoingMessage } from '@daybook/shared/kafka'
import { received, silent, stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { announcePublished } from '../../src/barrier/announce-published.ts'

const HOUR = 3_600_000
const read = eventReader<TasksPublished>({ TasksPublished: clockEvents.TasksPublished })

/** Makes the handler with a store in memory: `waiting` has the times of events that wait to be published. */
function setUp(t: Test) {
  const time = stopTime(t)
  const waiting: Date[] = []
  const published: OutgoingMessage[] = []
  const store = { hasUnpublished: async (before: Date) => waiting.some(time => time < before) }
  const kafka = {
    endOffsets: async () => new Map([[3, 70n + BigInt(published.length)]]),
    async publish(_: string, messages: OutgoingMessage[]) {
      published.push(...messages)
      return { appendedAt: undefined }
    },
  }
  const park = async () => t.fail('nothing is parked')
  const { handle } = announcePublished({ store, kafka, park: park as never, log: silent })
  let beats = 0
  const heartbeat = async () => {
    beats += 1
  }
  return {
    time,
    waiting,
    published,
    beats: () => beats,
    handle: (...messages: IncomingMessage[]) => handle(messages, heartbeat),
    told: () =>
      published.flatMap(message => {
        const reading = read(received(message))
        return reading.status === 'event' ? reading.event : []
      }),
  }
}

const ago = (ms: number) => new Date(Date.now() - ms)
const message = (event: Envelope, timestamp = Date.now()) =>
  received(toMessage(event, event.subject), { timestamp })
const ended = (endedAt: Date, timestamp = Date.now(), zone = 'UTC') =>
  message(endOfDayEvent('2026-11-22', zone, endedAt, `end-of-day:${zone}`), timestamp)

t.test('everything that is published is told with the end of the topic', async t => {
  const { handle, told, published, beats } = setUp(t)
  const endedAt = ago(HOUR)
  await handle(ended(endedAt))
  t.match(told(), [
    {
      id: `tasks-published:${endedAt.toISOString()}`,
      source: '/daybook/tasks',
      data: { endedAt: endedAt.toISOString(), offsets: { 3: '70' } },
    },
  ])
  t.equal(published[0]?.key, 'daybook.tasks')
  t.equal(beats(), 0, 'nothing waited')
})

t.test('it waits with heartbeats until events from before the end of the day are published', async t => {
  const { time, handle, waiting, told, beats } = setUp(t)
  waiting.push(ago(HOUR + 1), ago(0))
  const handling = handle(ended(ago(HOUR)))
  for (const _ of [1, 2, 3]) await time.pass(60_000)
  t.strictSame(told(), [])
  t.ok(beats() > 0)
  waiting.shift()
  await time.skipUntil(handling)
  t.equal(told().length, 1, 'the event from after the end of the day does not count')
})

t.test(
  'commands in hand at the end of the day have a second, whatever the clock of the scheduler says',
  async t => {
    const { time, handle, waiting, told } = setUp(t)
    const now = ago(0)
    const handling = handle(ended(now))
    waiting.push(ago(1))
    await time.pass(900)
    waiting.length = 0
    await time.pass(0)
    t.strictSame(told(), [])
    await time.skipUntil(handling)
    t.equal(told().length, 1)
    await time.skipUntil(handle(ended(new Date('9999-12-31T00:00:00Z'))))
    t.equal(told().length, 2)
  },
)

t.test('one event answers all ends of a batch', async t => {
  const { handle, told } = setUp(t)
  const [older, newest] = [ago(2 * HOUR), ago(HOUR)]
  await handle(ended(older), ended(newest, Date.now(), 'Asia/Tokyo'), ended(newest), ended(older))
  t.match(told(), [{ data: { endedAt: newest.toISOString() } }])
  t.equal(told().length, 1)
  await handle(ended(newest, Date.now(), 'Asia/Seoul'))
  t.equal(told()[1]?.id, told()[0]?.id, 'a second event for the same instant is a repeat')
})

t.test('nothing else is answered', async t => {
  const { handle, told, published } = setUp(t)
  const firing = { schedule: 'x', slot: ago(0).toISOString(), firedAt: ago(0).toISOString() }
  const fired = scheduleFiredEvent(randomUUID(), { ...firing, missed: false, byHand: false, data: {} })
  await handle(ended(ago(HOUR)))
  await handle(message(fired), received(published[0] as OutgoingMessage, { timestamp: Date.now() }))
  await handle({ ...ended(ago(HOUR)), value: Buffer.from('no JSON') })
  const old = Date.now() - 72 * HOUR
  await handle(...Array.from({ length: 500 }, () => ended(new Date(old), old)))
  t.equal(told().length, 1)
})
