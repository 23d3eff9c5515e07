import type { Loop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Kinds } from '../kinds/kind-store.ts'
import { dueState } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { startUnlessQuiet } from '../stored/quiet.ts'
import type { DispatcherLease } from './dispatcher-lease-store.ts'
import type { DueJob, ReadyJobs } from './ready-store.ts'

export interface PromoteDeps {
  base: Pick<JobsBase, 'now' | 'signals' | 'quiet' | 'log' | 'fail'>
  kinds: Pick<Kinds, 'getMany'>
  lease: Pick<DispatcherLease, 'hold'>
  ready: ReadyJobs
  signal: AbortSignal
}

// The longest pause between two searches, in milliseconds: a job can be added that is due before all others.
const EVERY_MS = 250
// The most jobs that are promoted in one turn.
const MAX_DUE = 1000
// How far ahead the search looks, to know when the next job is due.
const LOOK_AHEAD_MS = 1000

/** Starts the loop that makes delayed jobs ready, in the process that dispatches. */
export const startPromoting = (deps: PromoteDeps): Loop =>
  startUnlessQuiet(deps.base, async () => {
    const { base, lease, signal } = deps
    const promote = async () => ((await lease.hold()) ? promoteDue(deps, base.now()) : EVERY_MS)
    return Math.min(EVERY_MS, await waitOut('making delayed jobs ready', promote, { log: base.log, signal }))
  })

/**
 * Makes delayed jobs ready whose time has come, each on the present lane of its kind. Those with a gate are held, and become
 * ready when their gates are free.
 * @returns in how many milliseconds the next job is due, as far as that is known: 0 if more are due now
 */
export async function promoteDue(
  { base, ready, kinds }: Pick<PromoteDeps, 'ready' | 'kinds'> & { base: Pick<JobsBase, 'signals'> },
  now: Date,
): Promise<number> {
  const found = await ready.due(new Date(now.getTime() + LOOK_AHEAD_MS), MAX_DUE)
  const due = found.filter(({ dueAt }) => dueAt <= now)
  if (due.length > 0) await promote(due)
  const next = found[due.length]
  if (next !== undefined) return next.dueAt.getTime() - now.getTime()
  return found.length < MAX_DUE ? LOOK_AHEAD_MS : 0

  async function promote(jobs: DueJob[]): Promise<void> {
    const rules = await kinds.getMany(jobs.map(({ kind }) => kind))
    const byLane = Map.groupBy(jobs, ({ kind, lane }) => rules.get(kind)?.lane ?? lane)
    for (const [lane, ofLane] of byLane)
      for (const [state, some] of Map.groupBy(ofLane, ({ gate }) => dueState(gate)))
        await ready.promote(
          some.map(({ _id }) => _id),
          { state, lane },
        )
    base.signals.emit('work', undefined)
    const gates = new Set(jobs.flatMap(({ gate }) => gate ?? []))
    if (gates.size > 0) base.signals.emit('gatesFreed', [...gates])
  }
}
