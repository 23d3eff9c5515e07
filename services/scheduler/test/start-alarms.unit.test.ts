import type { Teller } from '@daybook/shared/incidents/failure'
import { memoryLog, stopTime } from '@daybook/shared/testing'
import { Registry } from 'prom-client'
import t from 'tap'
import type { Schedule } from '../src/schedules/schedule.ts'
import { startAlarms } from '../src/start-alarms.ts'
import type { UnreadDay } from '../src/unread-days/unread-day-model.ts'

const at = new Date(0)
const day = { day: '2026-11-22', timeZone: 'UTC' }
const unreadDay: UnreadDay = { _id: '2026-11-22@UTC', ...day, publishedAt: at, barrier: { 0: '5' } }
const error = { name: 'Error', message: 'no JSON', stack: null }

t.test('the scheduler tells about late days and dead letters, and when they are over', async t => {
  const time = stopTime(t)
  const closing = new AsyncDisposableStack()
  t.teardown(() => closing.disposeAsync())
  const { log, lines } = memoryLog()
  let isFailing = true
  const now = <One>(...failing: One[]) => (isFailing ? failing : [])
  const told: string[] = []
  const teller: Teller = {
    failed: async failures => void told.push(...failures.map(({ about, subject }) => `${about}: ${subject}`)),
    over: async topics => void told.push(...topics.map(({ about }) => `${about} over`)),
  }
  const metrics = new Registry()
  const alarms = startAlarms(
    { log, closing },
    {
      schedules: {
        overdue: async () => now(day),
        due: async () => now({ _id: 'report', kind: 'user', nextFireAt: at } as Schedule),
      },
      unread: {
        add: async () => {},
        oldest: async () => now(unreadDay),
        countBefore: async () => now(unreadDay).length,
        setBarrier: async () => {},
        remove: async () => {},
      },
      kafka: { committedOffsets: async () => new Map(), endOffsets: async () => new Map() },
      letters: {
        topics: new Map([['scheduler-requests', 'daybook.jobs.requests']]),
        list: {
          page: async () => ({ letters: now({ _id: 'a/letter', parkedAt: at, error }), after: undefined }),
          count: async () => ({ count: 1, more: false }),
        } as never,
      },
      teller,
      metrics,
      outboxes: [{ name: 'jobs', waiting: async () => now({ count: 1, more: false, since: at })[0] }],
      ofJobs: [],
      config: { DAY_CLOSE_DEADLINE_SECONDS: 300, DAY_READ_DEADLINE_SECONDS: 900 },
    },
  )
  const look = async () => {
    await time.pass(10_000)
    return told.splice(0).sort()
  }
  await time.pass(0)
  t.strictSame(await look(), [
    'days: 2026-11-22 in UTC',
    'messages to scheduler-requests: a/letter',
    'reading of ended days: 2026-11-22 in UTC',
  ])
  t.strictSame(lines.map(({ code }) => code).sort(), ['DAYBOOK_DAY_OVERDUE', 'DAYBOOK_DAY_UNREAD'])
  const shown = async () => {
    const found = await Promise.all(
      alarms.map(async ({ kind, find }) => (await find(new Date())).map(one => ({ kind, ...one }))),
    )
    return found.flat().map(({ kind, references: [first] }) => [kind, first])
  }
  t.strictSame(await shown(), [
    ['day-overdue', { type: 'day', id: '2026-11-22@UTC' }],
    ['day-unread', { type: 'day', id: '2026-11-22@UTC' }],
    ['schedule-overdue', { type: 'schedule', id: 'report' }],
    ['outbox-unpublished', { type: 'outbox', id: 'jobs' }],
    ['dead-letters', { type: 'group', id: 'scheduler-requests' }],
  ])
  t.match(await metrics.metrics(), 'daybook_days_unread 1')
  isFailing = false
  t.strictSame(await shown(), [], 'no alarm is left when nothing fails')
  t.strictSame(await look(), [
    'days over',
    'messages to scheduler-requests over',
    'reading of ended days over',
  ])
})
