import type { Gateway, Reporting, Scheduler, Tasks } from '@daybook/client'
import { NOW } from './fixtures.ts'

/** What the gateway and the services answer for the pages Now, Stream and History. The alarms of the scheduler are in jobs.ts. */

const MINUTE_MS = 60_000
const before = (minutes: number) => new Date(Date.parse(NOW) - minutes * MINUTE_MS).toISOString()

type Consumer = NonNullable<Gateway.Health['consumers']>[number]

function consumer(group: string, topic: string, lag = 0, behindSeconds = 0): Consumer {
  const partitions = [
    { partition: 0, position: '1204', lag: String(lag), ...(lag > 0 ? { behindSeconds } : {}) },
    { partition: 1, position: '877', lag: '0' },
  ]
  const told = { group, topic, state: 'consuming', measuredAt: NOW }
  return { ...told, partitions, groupPartitions: partitions }
}

const consumers: Record<string, Consumer[]> = {
  tasks: [consumer('tasks-clock', 'daybook.clock'), consumer('tasks-states', 'daybook.tasks', 2, 1)],
  reporting: [
    consumer('reporting-projection', 'daybook.tasks', 61, 14),
    consumer('reporting-clock', 'daybook.clock'),
    consumer('reporting-writer', 'daybook.reporting.jobs', 340, 3),
  ],
  scheduler: [consumer('scheduler-requests', 'daybook.jobs.requests')],
}

const part = (name: Gateway.PartStatus['name'], minutes: number): Gateway.PartStatus => ({
  ...{ name, state: 'ok', since: before(minutes), answeredAt: NOW, troubles: {} },
  ...(name !== 'kafka' && { version: '0.1.0' }),
  ...(consumers[name] && { consumers: consumers[name] as unknown as Record<string, unknown>[] }),
})

export const status: Gateway.Status = {
  at: NOW,
  parts: [
    part('gateway', 3000),
    part('tasks', 3000),
    part('reporting', 190),
    part('scheduler', 3000),
    part('kafka', 3000),
    { ...part('mongodb', 190), version: '8.0.16' },
  ],
}

const alarm = (facts: Partial<Tasks.Alarm>): Tasks.Alarm => ({
  ...{ kind: 'jobs-failed', severity: 'warning', since: before(95), count: 3, more: false },
  ...{ problem: '', remedy: '', references: [] },
  ...facts,
})

const alarms: Record<string, Tasks.Alarm[]> = {
  tasks: [],
  reporting: [
    alarm({
      ...{ kind: 'dead-letters', since: before(1500), count: 2 },
      problem: 'A message of daybook.tasks could not be handled: the data must have the property day',
      remedy:
        'What to do: docs/operations.md, "Dead letters". GET /dead-letters of reporting shows all of them.',
      references: [{ type: 'group', id: 'reporting-projection' }],
    }),
  ],
}

const work = (kind: string, what: string, count = 0, minutes?: number): Tasks.WaitingWork => ({
  ...{ kind, what, count, more: false, since: minutes === undefined ? null : before(minutes) },
})
const outbox = work('outbox', 'Events that are stored and not yet published')
const letters = (count = 0, minutes?: number) =>
  work('dead-letters', 'Dead letters: messages that could not be handled', count, minutes)

const waiting: Record<string, Tasks.WaitingWork[]> = {
  tasks: [{ ...outbox, count: 2, since: before(0) }, letters()],
  reporting: [
    work('runs-tasks', 'Ends of days that wait until tasks has published everything of the day'),
    work('runs-projection', 'Ends of days that wait until all completions of the day are read'),
    work('runs-writers', 'Ends of days that wait until all logs are written', 1, 5),
    outbox,
    letters(2, 1500),
  ],
  scheduler: [
    work('jobs-due', 'Jobs that are due and wait for a worker or a limit', 41, 2),
    work('jobs-later', 'Jobs that wait for their time', 1204),
    work('jobs-running', 'Jobs that workers run now', 8),
    work('jobs-failed', 'Jobs that have failed, until somebody retries them or they are removed', 3),
    outbox,
    letters(),
  ],
}

/** Counts that go up and down during a day, always the same. */
const wave = (height: number, shift: number, minutes: number) =>
  Array.from({ length: minutes }, (_, i) => {
    const hour = Math.sin((i / minutes) * Math.PI * 3 + shift)
    return Math.max(0, Math.round(height * (0.6 + 0.35 * hour + 0.12 * Math.sin(i * 1.7 + shift))))
  })

const heights: Record<string, Record<string, number>> = {
  tasks: { events: 120, published: 120 },
  reporting: { projected: 70, endsOfDay: 0, logs: 14, amendments: 1, reports: 0 },
  scheduler: {
    ...{ days: 0, fired: 4, jobsAdded: 32, jobsStarted: 31, jobsSucceeded: 30 },
    ...{ jobsFailed: 0.7, jobsOtherwise: 0 },
  },
}

function rates(service: string, minutes: number) {
  const series = Object.entries(heights[service] ?? {}).map(
    ([name, height], i) => [name, wave(height, i / 9, minutes)] as const,
  )
  return { at: NOW, from: before(minutes - 1), series: Object.fromEntries(series) }
}

const task = '01a21515-0000-7000-8000-000000000007'
const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

const step = (sequence: number, type: string, time: string, offset: number): Tasks.TaskStep => ({
  ...{ id: `${task}:${sequence}`, taskId: task, userId: 'bob', sequence, type, time, trace },
  ...{ published: true, partition: 3, offset: String(offset) },
  publishedAt: new Date(Date.parse(time) + 23).toISOString(),
})

const history: Tasks.TaskSteps = {
  ...{ taskId: task, userId: 'bob', nextAfter: null },
  steps: [
    step(1, 'TaskCreated', '2026-11-25T09:12:04.310Z', 1180),
    {
      ...step(2, 'TaskCompleted', '2026-11-25T14:20:41.007Z', 1204),
      ...{ day: '2026-11-25', timeZone: 'Europe/Berlin' },
    },
  ],
}

const completions: Reporting.CompletionsOfTask = {
  completions: [
    {
      ...{ day: '2026-11-25', timeZone: 'Europe/Berlin', userId: 'bob', sequence: 2, takenBack: false },
      ...{ completedAt: '2026-11-25T14:20:41.007Z', partition: 3, offset: '1204', late: false },
      projectedAt: '2026-11-25T14:20:41.071Z',
      run: {
        ...{ id: '2026-11-25@Europe/Berlin', state: 'done', createdAt: '2026-11-25T23:00:00.120Z' },
        ...{ writingAt: '2026-11-25T23:00:00.340Z', doneAt: '2026-11-25T23:00:02.900Z' },
      },
      log: {
        ...{ state: 'written', file: '2026-11-25/bob.log', line: 3, revision: 2 },
        ...{ firstWrittenAt: '2026-11-25T23:00:01.480Z', writtenAt: '2026-11-26T06:30:00.512Z' },
        runs: ['2026-11-25@Europe/Berlin'],
        amendments: [
          {
            ...{ revision: 2, writtenAt: '2026-11-26T06:30:00.512Z', run: '2026-11-25@Europe/Berlin' },
            ...{ reason: 'late', completionsBefore: 2, completions: 3 },
            trace: '0af7651916cd43dd8448eb211c80319c',
          },
        ],
      },
    },
  ],
}

/** The jobs of the trace of the history. */
export const tracedJobs: Scheduler.components['schemas']['JobList'] = {
  jobs: [
    {
      ...{ id: 'receipt-1204', kind: 'send-receipt', lane: 'mail', state: 'succeeded', trace, owner: 'shop' },
      ...{ addedAt: '2026-11-25T14:20:41.064Z', dueAt: '2026-11-25T14:20:41.064Z', priority: 3 },
      ...{ finishedAt: '2026-11-25T14:20:42.530Z', attempt: 1, failures: 0, crashes: 0 },
    },
  ],
  nextCursor: null,
}

const people = ['bob', 'carol', 'dave']
const names = ['Book the train', 'Send the offer', 'Call the plumber', 'Read the draft', 'Pay the invoice']
const types = ['TaskCreated', 'TaskCompleted', 'TaskCompleted', 'TaskEdited', 'TaskReopened']

const events = Array.from({ length: 24 }, (_, i) => {
  const taskId = `01a21515-0000-7000-8000-${String(200 + i).padStart(12, '0')}`
  return {
    ...{ id: `${taskId}:2`, type: types[i % types.length] ?? '', subject: taskId },
    time: new Date(Date.parse(NOW) - (24 - i) * 1700).toISOString(),
    data: { taskId, userId: people[i % 3], sequence: 2, name: names[i % 5], changes: { dueOn: null } },
    ...{ topic: 'daybook.tasks', partition: i % 6, offset: String(1200 + i) },
  }
})

/** The live events, as the gateway sends them. They are of other people than the one whose tasks are shown. */
export const eventStream = events
  .map(event => `event: ${event.type}\nid: 1~${event.offset}\ndata: ${JSON.stringify(event)}\n\n`)
  .join('')

/** @returns the answer to a request; undefined: another file has it */
export function watching(path: string, query: URLSearchParams): unknown {
  const [, , service = '', what, more] = path.split('/')
  if (path === '/status') return status
  if (path === '/events/recent') return { since: '2026-11-27T14:50:00.000Z', events: [] }
  if (!path.startsWith('/services/')) return undefined
  if (what === 'alarms') return { at: NOW, alarms: alarms[service], unknown: [] }
  if (what === 'waiting') return { at: NOW, work: waiting[service], unknown: [] }
  if (what === 'rates') return rates(service, Number(query.get('minutes')))
  if (what === 'completions') return completions
  if (what === 'tasks' && more === 'traces') return { steps: history.steps, more: false }
  return what === 'tasks' && more === task ? history : undefined
}
