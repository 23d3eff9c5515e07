import type { Run } from './run.ts'
import { LEASE, type Runs } from './run-store.ts'

/**
 * Does a long step of a run while no other process does the same step. The lease is renewed after half its time,
 * whatever the step is waiting for.
 * @param read the run as it was read
 * @param step asks between its parts whether the lease is lost, and then ends: another process has taken the step over
 * @returns whether the run went a step further
 */
export async function underLease(
  read: Run,
  { owner, runs }: { owner: string; runs: Pick<Runs, 'lease'> },
  step: (lost: AbortSignal) => Promise<boolean>,
): Promise<boolean> {
  if (!(await runs.lease(read, owner))) return false
  const lost = new AbortController()
  const renew = async () => {
    try {
      if (!(await runs.lease(read, owner))) lost.abort()
    } catch (error) {
      // When the lease can't be renewed it runs out, and another process may begin.
      lost.abort(error)
    }
  }
  const renewal = setInterval(renew, LEASE / 2)
  try {
    return await step(lost.signal)
  } finally {
    clearInterval(renewal)
  }
}
