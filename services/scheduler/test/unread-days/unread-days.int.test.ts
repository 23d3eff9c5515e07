import { endOfDayEvent, topics } from '@daybook/shared/events'
import { outboxEntries } from '@daybook/shared/outbox'
import { makeStack, memoryLog, silent, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { startClockRelay } from '../../src/firing/outbox-relay.ts'
import { openUnreadDays } from '../../src/unread-days/unread-day-store.ts'
import { unreadFailures } from '../../src/unread-days/unread-failures.ts'
import { allPublished, makeScheduler, schedulesOf } from '../support/scheduler.ts'

/** Two schedulers on one stack, and a log of daybook.clock whose end and reader a test sets. */
async function makeWatch(t: Test) {
  const stack = await makeStack(t)
  const clock = { end: 0n, read: undefined as bigint | undefined }
  const offsets = (offset: bigint | undefined) => new Map(offset === undefined ? [] : [[0, offset] as const])
  const asked: string[] = []
  const kafka = {
    endOffsets: async () => offsets(clock.end),
    async committedOffsets(group: string, topic: string) {
      asked.push(`${group} ${topic}`)
      return offsets(clock.read)
    },
  }
  const open = async () => {
    const unread = await openUnreadDays(stack.db)
    const { find } = unreadFailures(unread, kafka, { deadline: 60_000, log: memoryLog().log })
    const late = async (minutes: number) =>
      (await find(new Date(minutes * 60_000))).map(({ subject, at }) => `${subject} ${at.getTime() / 60_000}`)
    return { unread, late }
  }
  const [one, two] = await Promise.all([open(), open()])
  return { stack, clock, one, two, asked }
}

const berlin = { day: '2026-11-22', timeZone: 'Europe/Berlin' }
const utc = { day: '2026-11-22', timeZone: 'UTC' }

test('a day is unread from its deadline until reporting has passed its EndOfDay', async t => {
  const { one, two, clock, asked } = await makeWatch(t)
  t.strictSame(await one.late(1), [])
  t.strictSame(asked, [], 'nothing is asked while every day is read')
  clock.end = 5n
  await one.unread.add([berlin], new Date(0))
  t.strictSame(await two.late(1), [], 'not before the deadline')
  clock.end = 9n
  await two.unread.add([utc], new Date(60_000))
  t.strictSame(await two.late(2), ['2026-11-22 in Europe/Berlin 1'], 'no process of reporting has ever read')
  t.strictSame(await one.late(3), ['2026-11-22 in Europe/Berlin 1', '2026-11-22 in UTC 2'])
  clock.read = 4n
  t.equal((await one.late(3)).length, 2)
  clock.read = 5n
  t.strictSame(await one.late(3), ['2026-11-22 in UTC 2'])
  t.equal(await two.unread.countBefore(new Date(70_000)), 1)
  clock.read = 9n
  t.strictSame(await two.late(3), [])
  t.equal(await one.unread.countBefore(new Date(70_000)), 0)
  t.strictSame([...new Set(asked)], [`reporting-clock ${topics.clock.name}`])
})

test('a day that is published again is unread until the new event is read, since the first', async t => {
  const { one, two, clock } = await makeWatch(t)
  clock.end = 1000n
  await one.unread.add([utc], new Date(0))
  t.strictSame(await one.late(2), ['2026-11-22 in UTC 1'])
  // Kafka was set up anew, and an operator ends the day again.
  Object.assign(clock, { end: 1n, read: 0n })
  await two.unread.add([utc], new Date(60_000))
  t.strictSame(await one.late(3), ['2026-11-22 in UTC 1'])
  clock.read = 1n
  t.strictSame(await two.late(3), [])
})

test('a published EndOfDay is noted before it leaves the outbox', async t => {
  const { stack, one } = await makeWatch(t)
  const { deps } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  const end = endOfDayEvent(utc.day, utc.timeZone, new Date(0), 'end-of-day:UTC')
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:UTC' }, { $set: { outbox: outboxEntries([end]) } })
  let published = 0
  const kafka = {
    async publish() {
      published += 1
      return { appendedAt: undefined }
    },
  }
  const start = (notePublished: (ends: { data: typeof utc }[]) => Promise<unknown>) =>
    startClockRelay(deps.schedules, kafka, { log: silent, fail: () => undefined, notePublished })
  const killed = start(() => Promise.reject(new Error('the process is killed')))
  killed.offer([{ document: 'end-of-day:UTC', event: end }])
  await until('it is published', () => published === 1)
  await killed.stop()
  t.equal(
    await schedulesOf(stack).countDocuments({ outbox: { $exists: true } }),
    1,
    'it will be published again',
  )
  const next = start(ends =>
    one.unread.add(
      ends.map(({ data }) => data),
      new Date(0),
    ),
  )
  t.teardown(() => next.stop())
  next.offer([{ document: 'end-of-day:UTC', event: end }])
  await allPublished(stack)
  t.equal(await one.unread.countBefore(new Date(1)), 1)
})
