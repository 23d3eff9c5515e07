import type { EventMessage } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { silent, stopTime } from '@daybook/shared/testing'
import { Registry } from 'prom-client'
import t from 'tap'
import type { KnownLog } from '../src/logs/user-log-store.ts'
import type { Rerun } from '../src/reruns/rerun-model.ts'
import type { Run } from '../src/runs/run-model.ts'
import { startAlarms } from '../src/start-alarms.ts'

const at = new Date(0)
const run: Run = {
  _id: '2026-11-22@UTC',
  day: '2026-11-22',
  timeZone: 'UTC',
  state: 'writing',
  createdAt: at,
}
const rerun = { _id: 'r', from: '2026-11-01', to: '2026-11-22', advancedAt: at } as Rerun
const log = { _id: '2026-11-22/alice', day: '2026-11-22', error: 'EISDIR', failedAt: at } as KnownLog
const error = { name: 'Error', message: 'no JSON', stack: null }

t.test('reporting tells about runs, reruns, logs and dead letters, and when they are over', async t => {
  const time = stopTime(t)
  const closing = new AsyncDisposableStack()
  t.teardown(() => closing.disposeAsync())
  let isFailing = true
  const now = <One>(...failing: One[]) => (isFailing ? failing : [])
  const told: string[] = []
  const asked: string[] = []
  const publish = async (topic: string, messages: OutgoingMessage[]) => {
    for (const { value, headers } of messages as EventMessage[]) {
      const { about, subject = '' } = JSON.parse(value) as { about: string; subject?: string }
      told.push(`${topic} ${headers.ce_type} ${about} ${subject}`.trim())
    }
    return { appendedAt: undefined }
  }
  const page = async ({ groups }: { groups: ReadonlyMap<string, string> }) => {
    asked.push(...groups.keys())
    return { letters: now({ _id: 'a/letter', parkedAt: at, error }), after: undefined }
  }
  const alarms = startAlarms({
    runs: { overdue: async () => now(run) },
    reruns: { unfinished: async () => [], overdue: async () => now(rerun) },
    userLogs: { newestFailed: async () => now(log) },
    letters: {
      topics: new Map([
        ['reporting-projection', 'daybook.tasks'],
        ['reporting-writer', 'daybook.reporting.jobs'],
      ]),
      list: { page, count: async () => ({ count: 7, more: false }) } as never,
    },
    generations: { joining: async () => undefined },
    kafka: { publish },
    runDeadline: 900_000,
    outboxes: [{ name: 'runs', waiting: async () => now({ count: 2, more: true, since: at })[0] }],
    ...{ log: silent, closing, metrics: new Registry() },
  })
  const look = async () => {
    await time.pass(10_000)
    return told.splice(0).sort()
  }
  await time.pass(0)
  const failed = 'daybook.incidents FailureReported'
  t.strictSame(await look(), [
    `${failed} log files 2026-11-22/alice`,
    `${failed} messages to reporting-projection a/letter`,
    `${failed} reruns r of 2026-11-01 to 2026-11-22`,
    `${failed} runs 2026-11-22 in UTC`,
  ])
  const shown = async () => {
    const found = await Promise.all(
      alarms.map(async ({ kind, find }) => (await find(new Date())).map(one => ({ kind, ...one }))),
    )
    return found
      .flat()
      .map(({ kind, severity, count, references: [first] }) => [kind, severity, count, first])
  }
  t.strictSame(await shown(), [
    ['run-overdue', 'critical', 1, { type: 'run', id: '2026-11-22@UTC' }],
    ['rerun-overdue', 'warning', 1, { type: 'rerun', id: 'r' }],
    ['log-failed', 'critical', 1, { type: 'log', id: '2026-11-22/alice' }],
    ['outbox-unpublished', 'critical', 2, { type: 'outbox', id: 'runs' }],
    ['dead-letters', 'warning', 7, { type: 'group', id: 'reporting-projection' }],
  ])
  isFailing = false
  t.strictSame(await shown(), [], 'no alarm is left when nothing fails')
  const over = 'daybook.incidents FailureOver'
  t.strictSame(await look(), [
    `${over} log files`,
    `${over} messages to reporting-projection`,
    `${over} reruns`,
    `${over} runs`,
  ])
  t.notMatch(asked, ['reporting-writer'], 'the letters of writers are logs that could not be written')
})
