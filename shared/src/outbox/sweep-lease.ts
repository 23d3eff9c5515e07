import { randomUUID } from 'node:crypto'
import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../mongo/duplicate-keys.ts'
import { modelOf, schemaOf } from '../mongo/model.ts'

// Milliseconds after which another process sweeps where the one before it has gone.
const LEASE = 10_000

interface Sweeper {
  /** Names the outbox. */
  _id: string
  owner: string
  until: Date
}

const sweeperSchema = schemaOf<Sweeper>({ owner: String, until: Date })

/**
 * Lets one process at a time sweep an outbox: all that share it find the same events, and each would send them. Nothing
 * depends on it, it only saves work.
 * @param name the collection that holds the outbox
 * @returns what takes or renews the lease, and answers whether this process has it for the next seconds
 */
export function sweepLease(connection: Connection, name: string): () => Promise<boolean> {
  const sweepers = modelOf(connection, 'outbox_sweepers', sweeperSchema)
  const owner = randomUUID()
  let renewAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() < renewAt) return true
    const [now, asked] = [Date.now(), performance.now()]
    const free = { $or: [{ owner }, { until: { $lt: new Date(now) } }] }
    const lease = { owner, until: new Date(now + LEASE) }
    try {
      await sweepers.updateOne({ _id: name, ...free }, { $set: lease }, { upsert: true })
    } catch (error) {
      if (isDuplicateKey(error)) return false
      throw error
    }
    renewAt = asked + LEASE / 2
    return true
  }
}
