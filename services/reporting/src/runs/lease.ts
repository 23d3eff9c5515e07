import type { Run } from './run-model.ts'

/** The duration of a lease in milliseconds. After it, another process can take over the run. */
export const LEASE_MS = 10_000

/** Takes the leases of runs. */
export interface Leases {
  /**
   * Takes or renews the lease of a run that is still as it was read.
   * @returns whether `owner` holds the lease for the next `LEASE_MS` milliseconds
   */
  lease: (read: Run, owner: string) => Promise<boolean>
}

/**
 * Does a long step of a run under the run's lease, so that no other process does the same step. A timer renews the lease each
 * time half of its duration is over, even while the step waits.
 * @param read the run as it was read
 * @param step checks between its parts whether the lease is lost. If so, the step ends, because another process may do it
 * @returns whether the run advanced
 */
export async function underLease(
  read: Run,
  { owner, runs }: { owner: string; runs: Leases },
  step: (lost: AbortSignal) => Promise<boolean>,
): Promise<boolean> {
  if (!(await runs.lease(read, owner))) return false
  const lost = new AbortController()
  const renew = async () => {
    try {
      if (!(await runs.lease(read, owner))) lost.abort()
    } catch (error) {
      // A lease that cannot be renewed expires, and another process may begin the step.
      lost.abort(error)
    }
  }
  const renewal = setInterval(renew, LEASE_MS / 2)
  try {
    return await step(lost.signal)
  } finally {
    clearInterval(renewal)
  }
}
