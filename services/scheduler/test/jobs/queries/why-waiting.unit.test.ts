import { test } from 'tap'
import { type WaitingFacts, whyWaiting } from '../../../src/jobs/queries/why-waiting.ts'
import type { Job, PastAttempt } from '../../../src/jobs/stored/job.ts'

const now = new Date('2026-11-22T12:00:00Z')
const later = new Date('2026-11-22T13:00:00Z')

const job = (fields: Partial<Job> = {}): Job => ({
  _id: 'job-1',
  kind: 'send-invoice',
  lane: 'mail',
  data: 'null',
  owner: 'alice',
  priority: 3,
  rank: now,
  state: 'ready',
  addedAt: now,
  dueAt: now,
  attempt: 0,
  failures: 0,
  crashes: 0,
  ...fields,
})
const facts = (fields: Partial<WaitingFacts> = {}): WaitingFacts => ({
  now,
  lane: 'mail',
  paused: false,
  workers: 1,
  knowing: 1,
  ...fields,
})
const past = (outcome: PastAttempt['outcome'], reason?: string): PastAttempt[] => [
  { attempt: 1, endedAt: now, outcome, ...(reason === undefined ? {} : { reason }) },
]

test('a job that is not due waits for its time, or for its next attempt', async t => {
  const delayed = { state: 'delayed', dueAt: later } as const
  t.match(whyWaiting(job(delayed), facts({ paused: true })), { reason: 'time', until: later })
  for (const outcome of ['failed', 'crashed'] as const) {
    const again = job({ ...delayed, attempts: past(outcome) })
    t.match(whyWaiting(again, facts()), { reason: 'backoff', detail: `Attempt 1 ${outcome}`, until: later })
  }
  const unknown = job({ ...delayed, attempts: past('returned', 'unknown-kind') })
  t.match(whyWaiting(unknown, facts()), { reason: 'no-worker-knows-kind', until: later })
  const returned = job({ ...delayed, attempts: past('returned', 'stopping') })
  t.match(whyWaiting(returned, facts()), { reason: 'time' })
})

test('what keeps the whole kind from running comes before limits', async t => {
  const limited = { limit: 'rate' } as const
  t.match(whyWaiting(job(), facts({ ...limited, paused: true, workers: 0 })), { reason: 'paused' })
  t.match(whyWaiting(job(), facts({ ...limited, workers: 0, knowing: 0 })), {
    reason: 'no-worker-on-lane',
    detail: /lane mail/,
  })
  t.match(whyWaiting(job(), facts({ ...limited, knowing: 0 })), {
    reason: 'no-worker-knows-kind',
    detail: /lane mail .* kind send-invoice/,
  })
})

test('a job behind others of its key or of its schedule says so', async t => {
  const held = { state: 'held' } as const
  const ofKey = job({ ...held, key: 'customer-7', gate: 'key:send-invoice/customer-7' })
  t.match(whyWaiting(ofKey, facts()), { reason: 'key', detail: /customer-7/ })
  const ofSchedule = job({ ...held, schedule: 'nightly', gate: 'series:nightly' })
  t.match(whyWaiting(ofSchedule, facts()), { reason: 'schedule', detail: /nightly/ })
})

test('a job that nothing else holds waits for a limit, and then for a free worker', async t => {
  t.match(whyWaiting(job(), facts({ limit: 'rate' })), { reason: 'rate' })
  t.match(whyWaiting(job(), facts({ limit: 'in-flight limit' })), { reason: 'in-flight' })
  t.match(whyWaiting(job({ key: 'customer-7' }), facts({ limit: 'key' })), {
    reason: 'key',
    detail: /customer-7/,
  })
  t.match(whyWaiting(job(), facts()), { reason: 'free-worker', detail: /busy/ })
  t.match(whyWaiting(job({ suspect: true }), facts()), { reason: 'free-worker', detail: /runs nothing else/ })
})

test('a job whose time has just come is not early', async t => {
  t.match(whyWaiting(job({ state: 'delayed', dueAt: now }), facts()), { reason: 'free-worker' })
})
