import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../mongo/duplicate-keys.ts'
import { modelOf, schemaOf } from '../mongo/model.ts'

// Milliseconds after which another process takes over from one that has ended.
const LEASE_MS = 10_000

interface Sweeper {
  /** The collection that holds the outbox. */
  _id: string
  owner: string
  until: Date
}

const sweeperSchema = schemaOf<Sweeper>({ owner: String, until: Date })

/**
 * Lets one process at a time sweep an outbox. Without the lease, all processes would find and send the same events. That
 * would be correct, so the lease only saves work.
 * @param name the collection that holds the outbox
 * @returns a function that takes or renews the lease and returns whether this process holds it for the next seconds
 */
export function sweepLease(connection: Connection, name: string): () => Promise<boolean> {
  const sweepers = modelOf(connection, 'outbox_sweepers', sweeperSchema)
  const owner = randomUUID()
  let renewAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() < renewAt) return true
    const [now, asked] = [Date.now(), performance.now()]
    const free = { $or: [{ owner }, { until: { $lt: new Date(now) } }] }
    const lease = { owner, until: new Date(now + LEASE_MS) }
    try {
      await sweepers.updateOne({ _id: name, ...free }, { $set: lease }, { upsert: true })
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
    renewAt = asked + LEASE_MS / 2
    return true
  }
}
