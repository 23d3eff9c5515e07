import type { Kinds } from '../kinds/kind-store.ts'
import type { DueJob, ReadyJobs } from './ready-store.ts'

// The most jobs that become ready in one turn.
const MAX_DUE = 1000
// How far ahead the search looks, to know when the next job is due.
const LOOK_AHEAD_MS = 1000

/**
 * Makes delayed jobs ready whose time has come, each on the present lane of its kind.
 * @returns in how many milliseconds the next job is due, as far as that is known: 0 if more are due now
 */
export async function promoteDue(
  { ready, kinds }: { ready: ReadyJobs; kinds: Pick<Kinds, 'getMany'> },
  now: Date,
): Promise<number> {
  const found = await ready.due(new Date(now.getTime() + LOOK_AHEAD_MS), MAX_DUE)
  const due = found.filter(({ dueAt }) => dueAt <= now)
  if (due.length > 0) await makeReady(due)
  const next = found[due.length]
  if (next !== undefined) return next.dueAt.getTime() - now.getTime()
  return found.length < MAX_DUE ? LOOK_AHEAD_MS : 0

  async function makeReady(jobs: DueJob[]): Promise<void> {
    const rules = await kinds.getMany(jobs.map(({ kind }) => kind))
    const byLane = Map.groupBy(jobs, ({ kind, lane }) => rules.get(kind)?.lane ?? lane)
    for (const [lane, some] of byLane)
      await ready.makeReady(
        some.map(({ _id }) => _id),
        lane,
      )
  }
}
