import { randomUUID } from 'node:crypto'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { JobsBase } from '../stored/open-jobs-store.ts'

const LEASE_MS = 5000
// Between two renewals, and between two tries to take the lease.
const [RENEW_MS, TRY_MS] = [2000, 1000]

interface Dispatcher {
  _id: 'dispatcher'
  owner: string
  /** By MongoDB's clock. */
  until: Date
}

/** Lets one process at a time dispatch. It only saves work: dispatchers that run at the same time break no promise. */
export interface DispatcherLease {
  /** Takes or renews the lease, unless it did so in the last seconds. Returns whether this process has it. */
  hold: () => Promise<boolean>
  /** Whether this process has the lease, without asking the store. */
  isHeld: () => boolean
  /** Gives the lease up, so that another process takes over at once. */
  release: () => Promise<void>
}

const leaseSchema = schemaOf<Dispatcher>({ owner: String, until: Date })

/** The lease is in the collection `job_dispatchers`. */
export function dispatcherLease({ connection, now }: Pick<JobsBase, 'connection' | 'now'>): DispatcherLease {
  const leases = modelOf(connection, 'job_dispatchers', leaseSchema)
  const owner = randomUUID()
  // Milliseconds of a monotonic clock.
  let [askAt, heldUntil] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const isHeld = () => performance.now() < heldUntil

  async function take(): Promise<boolean> {
    const at = now().getTime()
    const free = { $or: [{ owner }, { until: { $lt: new Date(at) } }] }
    const lease = { owner, until: new Date(at + LEASE_MS) }
    try {
      await leases.updateOne({ _id: 'dispatcher', ...free }, { $set: lease }, { upsert: true })
      return true
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
  }

  async function ask(): Promise<boolean> {
    const asked = performance.now()
    const taken = await take()
    askAt = asked + (taken ? RENEW_MS : TRY_MS)
    heldUntil = taken ? asked + LEASE_MS : Number.NEGATIVE_INFINITY
    return taken
  }

  // Loops that ask at the same time share the answer: of two inserts MongoDB refuses one.
  let asking: Promise<boolean> | undefined
  return {
    isHeld,
    async hold() {
      if (performance.now() < askAt) return isHeld()
      asking ??= ask().finally(() => {
        asking = undefined
      })
      return asking
    },
    async release() {
      if (!isHeld()) return
      heldUntil = Number.NEGATIVE_INFINITY
      await leases.deleteOne({ _id: 'dispatcher', owner })
    },
  }
}
