import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { Connection, UpdateQuery } from 'mongoose'
import { type Projection, projectionModel, type Rebuild, type RebuildPhase } from './generation-model.ts'

/** The milliseconds after which another process may take over a rebuild whose process has ended. */
export const REBUILD_LEASE_MS = 30_000

// The name of the only projection.
const _id = 'completions'
const absent = { $exists: false } as const

/** The generations of the projection, and the rebuild that is under way. At most one is. */
export interface Generations {
  /** The number of the live generation, and the rebuild that is under way, if there is one. */
  read: () => Promise<Pick<Projection, 'generation' | 'rebuild'>>
  /** The generation for which barriers wait, if there is one. */
  joining: () => Promise<number | undefined>
  /** Begins a rebuild of a new generation. @returns undefined when one is under way */
  begin: (owner: string) => Promise<Rebuild | undefined>
  /** Takes over a rebuild as it was read. @returns undefined when it was changed meanwhile, or its owner renewed it */
  takeOver: (rebuild: Rebuild, owner: string) => Promise<Rebuild | undefined>
  /** @returns whether the owner still has the rebuild, for the next `REBUILD_LEASE_MS` milliseconds */
  renew: (rebuild: Rebuild) => Promise<boolean>
  /** Changes the phase. @returns the rebuild as it is now; undefined when its owner does not have it any more */
  advance: (rebuild: Rebuild, phase: RebuildPhase) => Promise<Rebuild | undefined>
  /** Ends a rebuild. @returns whether its owner still had it */
  end: (rebuild: Rebuild) => Promise<boolean>
}

export function openGenerations(connection: Connection): Generations {
  const projections = projectionModel(connection)
  const read = async () => (await projections.findById(_id).lean<Projection>()) ?? undefined
  const lease = (owner: string) => ({ owner, until: new Date(Date.now() + REBUILD_LEASE_MS) })
  const mine = ({ generation, phase, owner }: Rebuild) => ({
    _id,
    'rebuild.generation': generation,
    'rebuild.phase': phase,
    'rebuild.owner': owner,
  })
  const change = async (rebuild: Rebuild, update: UpdateQuery<Projection>) =>
    (await projections.updateOne(mine(rebuild), update)).matchedCount === 1

  return {
    read: async () => (await read()) ?? { generation: 0 },
    async joining() {
      const { rebuild } = (await read()) ?? {}
      return rebuild?.phase === 'joining' || rebuild?.phase === 'swapping' ? rebuild.generation : undefined
    },
    async begin(owner) {
      const { last = 0 } = (await read()) ?? {}
      const rebuild: Rebuild = { generation: last + 1, phase: 'building', ...lease(owner) }
      const free = { _id, last: last === 0 ? absent : last, rebuild: absent }
      const begun = { $set: { last: last + 1, rebuild }, $setOnInsert: { generation: 0 } }
      try {
        await projections.updateOne(free, begun, { upsert: true })
        return rebuild
      } catch (error) {
        // Another process has begun one since `read`.
        if (isDuplicateKey(error)) return undefined
        throw error
      }
    },
    async takeOver(rebuild, owner) {
      const taken = { ...rebuild, ...lease(owner) }
      // Its owner has not renewed its lease meanwhile.
      const asRead = { ...mine(rebuild), 'rebuild.until': rebuild.until }
      const { matchedCount } = await projections.updateOne(asRead, { $set: { rebuild: taken } })
      return matchedCount === 1 ? taken : undefined
    },
    renew: rebuild => change(rebuild, { $set: { 'rebuild.until': lease(rebuild.owner).until } }),
    async advance(rebuild, phase) {
      const advanced = { ...rebuild, phase, ...lease(rebuild.owner) }
      const live = phase === 'amending' ? { generation: rebuild.generation } : {}
      return (await change(rebuild, { $set: { rebuild: advanced, ...live } })) ? advanced : undefined
    },
    end: rebuild => change(rebuild, { $unset: { rebuild: '' } }),
  }
}
