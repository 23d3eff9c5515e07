/** The duration of a lease in milliseconds. After it, another process can take over the work. */
export const LEASE_MS = 10_000

/** Takes the leases of documents with work, for example of runs. */
export interface Leases<Read> {
  /**
   * Takes or renews the lease of a document that is still as it was read.
   * @returns whether `owner` holds the lease for the next `LEASE_MS` milliseconds
   */
  lease: (read: Read, owner: string) => Promise<boolean>
}

/**
 * Does a long step under the lease of its document, so that no other process does the same step. A timer renews the lease each
 * time half of its duration is over, even while the step waits.
 * @param read the document as it was read
 * @param step checks between its parts whether the lease is lost. If so, the step ends, because another process may do it
 * @returns whether the work advanced
 */
export async function underLease<Read>(
  read: Read,
  { owner, leases }: { owner: string; leases: Leases<Read> },
  step: (lost: AbortSignal) => Promise<boolean>,
): Promise<boolean> {
  if (!(await leases.lease(read, owner))) return false
  const lost = new AbortController()
  const renew = async () => {
    try {
      if (!(await leases.lease(read, owner))) lost.abort()
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
