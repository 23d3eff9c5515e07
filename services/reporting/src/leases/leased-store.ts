import type { Model, QueryFilter, UpdateQuery } from 'mongoose'
import { LEASE_MS, type Leases } from './lease.ts'

/** A document whose work is done under a lease: by which process, and until when. */
interface Leased {
  _id: string
  leaseOwner?: string
  leaseUntil?: Date
}

/** The changes of documents whose work advances in steps. */
export interface LeasedSteps<Read> extends Leases<Read> {
  /** Changes a document that is still as it was read, and ends its lease. @returns whether it was still so */
  advance: (read: Read, update: UpdateQuery<Read>) => Promise<boolean>
}

/** Ends a lease. */
export const noLease = { leaseOwner: '', leaseUntil: '' } as const

/** @param asRead makes the filter for a document that no process has advanced since it was read */
export function leasedSteps<Read extends Leased>(
  model: Model<Read>,
  asRead: (read: Read) => QueryFilter<Read>,
): LeasedSteps<Read> {
  const update = async (filter: QueryFilter<Read>, change: object) =>
    (await model.updateOne(filter, change as UpdateQuery<Read>)).matchedCount === 1
  return {
    advance: (read, change) => update(asRead(read), { ...change, $unset: { ...change.$unset, ...noLease } }),
    lease(read, leaseOwner) {
      const now = Date.now()
      const ended = [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lt: new Date(now) } }]
      const lease = { leaseOwner, leaseUntil: new Date(now + LEASE_MS) }
      return update({ ...asRead(read), $or: [{ leaseOwner }, ...ended] } as QueryFilter<Read>, {
        $set: lease,
      })
    },
  }
}
