import { collectionOf } from './collection.ts'
import type { Connection } from './database.ts'

const LEASE_MS = 10_000

interface Sweeper {
  _id: string
  owner: string
  until: Date
}

/** `sweepLease` in memory. @param owner names the process */
export function memorySweepLease(
  connection: Connection,
  name: string,
  owner: string,
): () => Promise<boolean> {
  const sweepers = collectionOf<Sweeper>(connection, 'outbox_sweepers')
  let renewAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() < renewAt) return true
    const [now, asked] = [Date.now(), performance.now()]
    const lease: Sweeper = { _id: name, owner, until: new Date(now + LEASE_MS) }
    const isFree = (stored: Sweeper) => stored.owner === owner || stored.until.getTime() < now
    // The upsert of MongoDB: it inserts when no document meets the filter, and is refused when there is one.
    const isHeld = (await sweepers.update(name, isFree, () => lease)) || (await sweepers.insert(lease))
    if (isHeld) renewAt = asked + LEASE_MS / 2
    return isHeld
  }
}
