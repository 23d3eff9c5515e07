import type { Reporting, Scheduler } from '@daybook/client'

type ListedJob = Scheduler.components['schemas']['ListedJob']
type Job = Scheduler.components['schemas']['Job']
type Group = Scheduler.components['schemas']['Group']
type Schemas = Reporting.components['schemas']

/** What the services answer on the pages Jobs and Dead letters while screenshots are taken. */

const at = (time: string) => `2026-11-27T${time}.000Z`
const WORKER = '0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4b'

const listed = (id: string, facts: Partial<ListedJob>): ListedJob => ({
  id,
  kind: 'send-invoice',
  lane: 'mail',
  state: 'waiting',
  owner: 'shop',
  priority: 3,
  addedAt: at('14:50:00'),
  dueAt: at('14:50:00'),
  attempt: 0,
  failures: 0,
  crashes: 0,
  ...facts,
})

const MAIL_ERROR = 'Error: connect ECONNREFUSED mail.example.org:587'

const jobs: ListedJob[] = [
  listed('invoice-4719', {
    key: 'customer-31',
    attempt: 2,
    failures: 2,
    waiting: {
      reason: 'backoff',
      detail: 'Attempt 2 failed: the job waits before the next one',
      until: at('15:07:30'),
    },
  }),
  listed('invoice-4718', { key: 'customer-7', state: 'sent', attempt: 1 }),
  listed('photo-0091', {
    kind: 'resize',
    lane: 'images',
    addedAt: at('14:31:00'),
    waiting: { reason: 'no-worker-on-lane', detail: 'No worker reads the lane images' },
  }),
  listed('import-2026-11', {
    kind: 'import-rows',
    lane: 'default',
    state: 'running',
    attempt: 1,
    addedAt: at('14:20:00'),
    startedAt: at('14:20:01'),
    progress: { done: 340, total: 1000, note: 'customers.csv', at: at('15:04:58') },
  }),
  listed('catalogue:012', {
    kind: 'render-page',
    lane: 'default',
    group: 'catalogue',
    state: 'succeeded',
    attempt: 1,
    addedAt: at('13:55:00'),
    finishedAt: at('13:55:04'),
  }),
  listed('invoice-4711', {
    key: 'customer-7',
    state: 'failed',
    attempt: 3,
    failures: 3,
    addedAt: at('13:12:00'),
    dueAt: at('13:18:17'),
    finishedAt: at('13:18:20'),
    reason: 'error',
    error: MAIL_ERROR,
  }),
]

const job: Job = {
  ...(jobs[5] as ListedJob),
  group: 'invoices-of-november',
  trace: '7c5e0d2a91f44b6c8a3e5d1f60b2c9a4',
  attempts: [
    {
      attempt: 2,
      worker: WORKER,
      startedAt: at('13:13:10'),
      endedAt: at('13:13:11'),
      outcome: 'failed',
      reason: 'error',
      error: 'Error: 451 4.3.0 the mail server is busy',
    },
    {
      attempt: 3,
      worker: WORKER,
      startedAt: at('13:18:17'),
      endedAt: at('13:18:20'),
      outcome: 'failed',
      reason: 'error',
      error: `${MAIL_ERROR}\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)`,
    },
  ],
  data: { invoice: 4711, to: 'ada@example.org' },
}

const group = (id: string, parent: string): Group => ({
  id,
  state: 'closed',
  owner: 'shop',
  addedAt: at('13:13:00'),
  closedAt: at('13:13:00'),
  parent,
  counts: { total: 12, waiting: 2, sent: 0, running: 1, succeeded: 8, failed: 1, cancelled: 0, expired: 0 },
  failures: [],
})

const count = (value: number, more = false) => ({ count: value, more })
const counts = {
  waiting: count(18),
  sent: count(1),
  running: count(4),
  succeeded: count(1000, true),
  failed: count(3),
  cancelled: count(12),
  expired: count(0),
}

const laneAlarm = {
  kind: 'lane-without-worker',
  severity: 'critical',
  since: at('14:31:00'),
  count: 1,
  more: false,
  problem: 'No worker reads the lane images, and jobs of resize wait',
  remedy: 'Start a worker that reads the lane images and handles resize.',
  references: [
    { type: 'lane', id: 'images' },
    { type: 'kind', id: 'resize' },
  ],
}

const kind = (name: string, definition: object, facts = {}) => ({
  name,
  version: 3,
  changedAt: '2026-11-25T09:12:00.000Z',
  changedBy: 'operator',
  definition,
  failing: false,
  ...facts,
})

const kinds = [
  kind('import-rows', { inFlight: 1, timeout: 'none' }),
  kind('resize', { lane: 'images', paused: true }),
  kind(
    'send-invoice',
    { lane: 'mail', attempts: 3, rate: { limit: 100, per: 'PT1M' }, limits: ['smtp'] },
    { failing: true },
  ),
]

const limits = [{ ...kind('smtp', { inFlight: 4 }), failing: undefined }]

const workers = [
  {
    id: WORKER,
    name: 'mailer-1',
    version: '1.4.0',
    via: 'kafka',
    state: 'working',
    lanes: [
      { lane: 'default', partitions: [0, 1, 2] },
      { lane: 'mail', partitions: [0, 1, 2] },
    ],
    kinds: ['import-rows', 'send-invoice'],
    slots: 8,
    running: [{ job: 'import-2026-11', attempt: 1 }],
    runningCount: 1,
    blockedMs: 0,
    beatAt: at('15:04:57'),
  },
  {
    id: '0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4c',
    name: 'images-1',
    version: '0.9.2',
    via: 'kafka',
    state: 'working',
    lanes: [{ lane: 'images', partitions: [] }],
    kinds: ['resize'],
    slots: 2,
    running: [],
    runningCount: 0,
    blockedMs: 0,
    beatAt: at('14:30:02'),
    lostAt: at('14:30:32'),
  },
]

const letter = (offset: number, time: string, message: string): Schemas['ListedDeadLetter'] => ({
  id: `reporting-projection/daybook.tasks/2/${offset}`,
  group: 'reporting-projection',
  topic: 'daybook.tasks',
  partition: 2,
  offset: String(offset),
  key: 'alice',
  attempts: 1,
  parkedAt: at(time),
  replaying: false,
  error: { name: 'Error', message },
})

const ZONE_ERROR = 'data/timeZone must be a time zone'
const deadLetters = [
  letter(90_412, '14:02:11', ZONE_ERROR),
  letter(90_411, '14:02:10', ZONE_ERROR),
  letter(88_017, '09:40:33', 'The value is no JSON'),
]

const letterGroup = (error: string, number: number, firstAt: string, lastAt: string) => ({
  group: 'reporting-projection',
  topic: 'daybook.tasks',
  error,
  example: error,
  contains: error,
  count: number,
  firstAt: at(firstAt),
  lastAt: at(lastAt),
})

const letterGroups = [
  letterGroup(ZONE_ERROR, 2, '14:02:10', '14:02:11'),
  letterGroup('The value is no JSON', 1, '09:40:33', '09:40:33'),
]

const faultyValue = {
  taskId: '01a21515-0000-7000-8000-000000000007',
  userId: 'alice',
  name: 'Call the dentist',
  completedAt: at('13:40:00'),
  timeZone: 'Berlin',
}

const fullLetter: Schemas['DeadLetter'] = {
  ...(deadLetters[0] as Schemas['ListedDeadLetter']),
  error: {
    name: 'Error',
    message: ZONE_ERROR,
    stack: `Error: ${ZONE_ERROR}\n    at readEvent (shared/src/events/read.ts:41:11)`,
    faults: [{ pointer: '/timeZone', detail: 'must be an IANA time zone, as in Europe/Berlin' }],
  },
  timestamp: at('14:02:09'),
  headers: [
    { name: 'ce_id', value: '01a21515-0000-7000-8000-00000000ab01', valueBytes: 36 },
    { name: 'ce_type', value: 'TaskCompleted', valueBytes: 13 },
    { name: 'ce_source', value: 'urn:daybook:tasks', valueBytes: 17 },
  ],
  headerCount: 3,
  keyBytes: 5,
  valueBytes: JSON.stringify(faultyValue).length,
  value: JSON.stringify(faultyValue),
  json: faultyValue,
}

/** By the path of the request. */
export const jobAnswers: Record<string, unknown> = {
  '/services/scheduler/jobs': { jobs, counts, nextCursor: null },
  '/services/scheduler/jobs/invoice-4711': job,
  '/services/scheduler/groups': { groups: [group('retries-of-4711', 'invoice-4711')] },
  '/services/scheduler/alarms': { at: at('15:05:00'), alarms: [laneAlarm], unknown: [] },
  '/services/scheduler/kinds': { kinds, nextAfter: null },
  '/services/scheduler/kinds/send-invoice': kinds[2],
  '/services/scheduler/limits': { limits, nextAfter: null },
  '/services/scheduler/workers': {
    workers,
    counts: { alive: 1, running: 1, slots: 8 },
    nextCursor: null,
  },
  '/services/tasks/dead-letters/groups': { groups: [], more: false },
  '/services/scheduler/dead-letters/groups': { groups: [], more: false },
  '/services/reporting/dead-letters/groups': { groups: letterGroups, more: false },
  '/services/reporting/dead-letters': { deadLetters, total: { count: 3, more: false }, nextCursor: null },
  [`/services/reporting/dead-letters/${encodeURIComponent(fullLetter.id)}`]: fullLetter,
}

/** The path of the letter that is shown alone. */
export const letterPath = `/ui/dead-letters/reporting/${encodeURIComponent(fullLetter.id)}`
