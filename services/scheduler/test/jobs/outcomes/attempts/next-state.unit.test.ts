import { test } from 'tap'
import { defaultKind } from '../../../../src/jobs/kinds/kind.ts'
import {
  type AttemptEnd,
  type HeldJob,
  nextState,
  type Waiting,
} from '../../../../src/jobs/outcomes/attempts/next-state.ts'
import type { Ending } from '../../../../src/jobs/stored/finish-store.ts'
import { rankOf } from '../../../../src/jobs/stored/job.ts'

const now = new Date('2026-11-22T10:00:00Z')
const startedAt = new Date('2026-11-22T09:59:00Z')
const kind = { ...defaultKind, name: 'k' }
const held: HeldJob = {
  attempt: 4,
  worker: 'w',
  startedAt,
  failures: 0,
  crashes: 0,
  priority: 3,
}
const failed = { outcome: 'failed', reason: 'error', error: 'no luck', retry: true } as const
const returned = (reason: string) => ({ outcome: 'returned', reason }) as const

const after = (end: AttemptEnd, changes: Partial<HeldJob> = {}, random = 0) =>
  nextState({ ...held, ...changes }, kind, end, { now, random })
const waiting = (...args: Parameters<typeof after>) => (after(...args) as { waits: Waiting }).waits
const ending = (...args: Parameters<typeof after>) => (after(...args) as { ends: Ending }).ends
const delayOf = ({ dueAt }: Waiting) => (dueAt === undefined ? undefined : dueAt.getTime() - now.getTime())

test('a success ends the job with its result', async t => {
  const past = { attempt: 4, worker: 'w', startedAt, endedAt: now, outcome: 'succeeded' }
  t.strictSame(ending({ outcome: 'succeeded', result: '1' }), {
    state: 'succeeded',
    at: now,
    past,
    result: '1',
  })
  t.equal(ending({ outcome: 'succeeded' }, { cancelAskedAt: now }).state, 'succeeded', 'it was too late')
})

test('a failure waits longer each time, up to the cap', async t => {
  t.equal(delayOf(waiting(failed)), 5000)
  t.equal(delayOf(waiting(failed, { failures: 1 })), 10_000)
  t.equal(delayOf(waiting(failed, { failures: 8 })), 1_280_000)
  const patient = { ...kind, attempts: 100 }
  const { waits } = nextState({ ...held, failures: 50 }, patient, failed, { now, random: 0 }) as {
    waits: Waiting
  }
  t.equal(delayOf(waits), 3_600_000)
  t.match(waiting(failed), {
    state: 'delayed',
    failures: 1,
    crashes: 0,
    past: { outcome: 'failed', error: 'no luck' },
  })
  t.same(waiting(failed).rank, rankOf(waiting(failed).dueAt as Date, 3))
})

test('jitter comes on top, also on top of the pause that a handler asked for', async t => {
  t.equal(delayOf(waiting(failed, {}, 1)), 6250)
  t.equal(delayOf(waiting({ ...failed, retryAfterMs: 60_000 })), 60_000)
  t.equal(delayOf(waiting({ ...failed, retryAfterMs: 60_000 }, {}, 1)), 75_000)
  t.equal(delayOf(waiting({ ...failed, retryAfterMs: 1 })), 5000)
})

test('the last attempt that may fail ends the job, and so does a failure that must not be retried', async t => {
  t.ok(waiting(failed, { failures: 8 }))
  t.match(ending(failed, { failures: 9 }), { state: 'failed', reason: 'error', error: 'no luck' })
  t.match(ending({ ...failed, retry: false }), { state: 'failed', past: { error: 'no luck' } })
})

test('an attempt that is given back costs nothing and keeps its place', async t => {
  const back = waiting(returned('stopping'), { failures: 2, crashes: 1, suspect: true })
  t.match(back, { state: 'ready', failures: 2, crashes: 1, suspect: true, past: { reason: 'stopping' } })
  t.equal(back.rank, undefined)
  const unknown = waiting(returned('unknown-kind'))
  t.match(unknown, { state: 'delayed', failures: 0 })
  t.equal(delayOf(unknown), 5000)
  t.equal(unknown.rank, undefined)
})

test('a job with a gate stands behind others of its gate when its attempt is given back', async t => {
  t.match(waiting(returned('stopping'), { gate: 'key:k/a' }), { state: 'held' })
  t.match(waiting(returned('unknown-kind'), { gate: 'key:k/a' }), { state: 'delayed' })
})

test('a job whose worker died while it ran others is suspect, at no cost', async t => {
  const crash = waiting({ outcome: 'crashed', alone: false }, { crashes: 2, failures: 9 })
  t.match(crash, { state: 'ready', crashes: 2, failures: 9, suspect: true, past: { outcome: 'crashed' } })
})

test('a job that kills three workers fails', async t => {
  const crashed = { outcome: 'crashed', alone: true } as const
  t.match(waiting(crashed), { state: 'delayed', crashes: 1, failures: 0, suspect: true })
  t.equal(delayOf(waiting(crashed, { crashes: 1 })), 10_000)
  t.match(ending(crashed, { crashes: 2 }), { state: 'failed', reason: 'crashed' })
})

test('a job that got through an attempt is not suspect any more', async t => {
  t.equal(waiting(failed, { suspect: true }).suspect, false)
})

test('a job that is to be cancelled does not wait again', async t => {
  const asked = { cancelAskedAt: now }
  t.match(ending(returned('cancelled'), asked), { state: 'cancelled', past: { outcome: 'cancelled' } })
  t.match(ending(returned('stopping'), asked), { state: 'cancelled', past: { outcome: 'returned' } })
  t.match(ending(failed, asked), { state: 'cancelled', past: { outcome: 'failed', error: 'no luck' } })
  t.equal(ending({ outcome: 'crashed', alone: false }, asked).state, 'cancelled')
  t.equal(ending({ ...failed, retry: false }, asked).state, 'failed', 'it would not have waited')
  t.equal(waiting(returned('cancelled')).state, 'ready', 'nobody had asked')
})

test('an attempt that did not start says so', async t => {
  const { worker: _, startedAt: __, ...unstarted } = held
  const { waits } = nextState(unstarted, kind, returned('not-started'), { now, random: 0 }) as {
    waits: Waiting
  }
  t.strictSame(waits.past, { attempt: 4, endedAt: now, outcome: 'returned', reason: 'not-started' })
})
