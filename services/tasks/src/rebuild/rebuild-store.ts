import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { Connection } from 'mongoose'
import { type Rebuild, type RebuildPhase, rebuildsModel, type ViewRebuilds } from './rebuild-model.ts'

/** The milliseconds after which another process may take over a rebuild whose process has ended. */
export const REBUILD_LEASE_MS = 30_000

// The name of the only view.
const _id = 'tasks'
const absent = { $exists: false } as const

/** The rebuild that is under way, at most one. */
export interface Rebuilds {
  read: () => Promise<Rebuild | undefined>
  /** Begins a rebuild with a new number. @returns undefined when one is under way */
  begin: (owner: string) => Promise<Rebuild | undefined>
  /**
   * Takes over a rebuild as it was read, whose time is over. One that is built is building again.
   * @returns undefined when it was changed meanwhile
   */
  takeOver: (found: Rebuild, owner: string) => Promise<Rebuild | undefined>
  /** @returns whether the owner still has the rebuild, for the next `REBUILD_LEASE_MS` milliseconds */
  renew: (rebuild: Rebuild) => Promise<boolean>
  /** Changes the phase. @returns undefined when its owner does not have the rebuild any more */
  advance: (rebuild: Rebuild, phase: RebuildPhase) => Promise<Rebuild | undefined>
  /** Ends a rebuild. @returns whether it has ended; not, if another process has taken it over */
  end: (rebuild: Rebuild) => Promise<boolean>
}

export function openRebuilds(connection: Connection): Rebuilds {
  const rebuilds = rebuildsModel(connection)
  const read = async () => (await rebuilds.findById(_id).lean<ViewRebuilds>()) ?? undefined
  const lease = (owner: string) => ({ owner, until: new Date(Date.now() + REBUILD_LEASE_MS) })
  const ownedBy = ({ generation, owner }: Rebuild) => ({
    _id,
    'rebuild.generation': generation,
    'rebuild.owner': owner,
  })
  return {
    read: async () => (await read())?.rebuild,
    async begin(owner) {
      const { last = 0 } = (await read()) ?? {}
      const rebuild: Rebuild = { generation: last + 1, phase: 'building', ...lease(owner) }
      const free = { _id, last: last === 0 ? absent : last, rebuild: absent }
      try {
        await rebuilds.updateOne(free, { $set: { last: last + 1, rebuild } }, { upsert: true })
        return rebuild
      } catch (error) {
        // Another process has begun one since `read`.
        if (isDuplicateKey(error)) return undefined
        throw error
      }
    },
    async takeOver(found, owner) {
      const phase = found.phase === 'built' ? 'building' : found.phase
      const taken: Rebuild = { ...found, phase, ...lease(owner) }
      const asRead = { ...ownedBy(found), 'rebuild.phase': found.phase, 'rebuild.until': found.until }
      const { matchedCount } = await rebuilds.updateOne(asRead, { $set: { rebuild: taken } })
      return matchedCount === 1 ? taken : undefined
    },
    async renew(rebuild) {
      const { until } = lease(rebuild.owner)
      const { matchedCount } = await rebuilds.updateOne(ownedBy(rebuild), {
        $set: { 'rebuild.until': until },
      })
      return matchedCount === 1
    },
    async advance(rebuild, phase) {
      const advanced: Rebuild = { ...rebuild, phase, ...lease(rebuild.owner) }
      // Nobody works on what is built, so anybody may take it over.
      if (phase === 'built') advanced.until = new Date(0)
      const { matchedCount } = await rebuilds.updateOne(ownedBy(rebuild), { $set: { rebuild: advanced } })
      return matchedCount === 1 ? advanced : undefined
    },
    async end(rebuild) {
      await rebuilds.updateOne(ownedBy(rebuild), { $unset: { rebuild: '' } })
      return (await read())?.rebuild?.generation !== rebuild.generation
    },
  }
}
