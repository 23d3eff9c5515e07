import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import type { Connection, QueryFilter, UpdateQuery } from 'mongoose'
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
  /**
   * Takes over a rebuild as it was read, whose time is over. One that is built is building again.
   * @returns undefined when it was changed meanwhile, or its owner renewed it
   */
  takeOver: (rebuild: Rebuild, owner: string) => Promise<Rebuild | undefined>
  /** @returns whether the owner still has the rebuild, for the next `REBUILD_LEASE_MS` milliseconds */
  renew: (rebuild: Rebuild) => Promise<boolean>
  /** Changes the phase. @returns the rebuild as it is now; undefined when its owner does not have it any more */
  advance: (rebuild: Rebuild, phase: RebuildPhase) => Promise<Rebuild | undefined>
  /** Ends a rebuild. @returns whether it has ended; not, if another process has taken it over */
  end: (rebuild: Rebuild) => Promise<boolean>
}

export function openGenerations(connection: Connection): Generations {
  const projections = projectionModel(connection)
  const read = async () => (await projections.findById(_id).lean<Projection>()) ?? undefined
  const lease = (owner: string) => ({ owner, until: new Date(Date.now() + REBUILD_LEASE_MS) })
  const mine = ({ generation, owner }: Rebuild) => ({
    _id,
    'rebuild.generation': generation,
    'rebuild.owner': owner,
  })
  const change = async (filter: QueryFilter<Projection>, update: UpdateQuery<Projection>) =>
    (await projections.updateOne(filter, update)).matchedCount === 1

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
      const phase = rebuild.phase === 'built' ? 'building' : rebuild.phase
      const taken = { ...rebuild, phase, ...lease(owner) }
      const asRead = { ...mine(rebuild), 'rebuild.phase': rebuild.phase, 'rebuild.until': rebuild.until }
      return (await change(asRead, { $set: { rebuild: taken } })) ? taken : undefined
    },
    renew: rebuild => change(mine(rebuild), { $set: { 'rebuild.until': lease(rebuild.owner).until } }),
    async advance(rebuild, phase) {
      const advanced = { ...rebuild, phase, ...lease(rebuild.owner) }
      // Nobody works on what is built, so anybody may take it over.
      if (phase === 'built') advanced.until = new Date(0)
      const live = phase === 'amending' ? { generation: rebuild.generation } : {}
      // The new phase too, so that a change whose answer was lost can be repeated.
      const either = { ...mine(rebuild), 'rebuild.phase': { $in: [rebuild.phase, phase] } }
      return (await change(either, { $set: { rebuild: advanced, ...live } })) ? advanced : undefined
    },
    async end(rebuild) {
      await change(mine(rebuild), { $unset: { rebuild: '' } })
      const { rebuild: left } = (await read()) ?? {}
      return left?.generation !== rebuild.generation
    },
  }
}
