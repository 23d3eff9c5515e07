import type { Model, QueryFilter, UpdateQuery } from 'mongoose'
import { isDuplicateKey } from '../mongo/duplicate-keys.ts'
import { REBUILD_LEASE_MS, type Rebuild, type Rebuilding } from './rebuild.ts'

const absent = { $exists: false } as const

/** The rebuild that is under way, at most one. A rebuild begins in the phase `building`, and may rest in the phase `built`. */
export interface RebuildLeases<Phase extends string> {
  /** Begins a rebuild with a new number. @returns undefined when one is under way */
  begin: (owner: string) => Promise<Rebuild<Phase> | undefined>
  /**
   * Takes over a rebuild as it was read, whose time is over. One that is built is building again.
   * @returns undefined when it was changed meanwhile, or its owner renewed it
   */
  takeOver: (found: Rebuild<Phase>, owner: string) => Promise<Rebuild<Phase> | undefined>
  /** @returns whether the owner still has the rebuild, for the next `REBUILD_LEASE_MS` milliseconds */
  renew: (rebuild: Rebuild<Phase>) => Promise<boolean>
  /** Changes the phase. @returns the rebuild as it is now; undefined when its owner does not have it any more */
  advance: (rebuild: Rebuild<Phase>, phase: Phase) => Promise<Rebuild<Phase> | undefined>
  /** Ends a rebuild. @returns whether it has ended; not, if another process has taken it over */
  end: (rebuild: Rebuild<Phase>) => Promise<boolean>
}

/** Fields that the document of a service has besides. */
interface Besides<Phase extends string> {
  /** Those that it has from its first rebuild on. */
  first?: object
  /** Those that a new phase sets. */
  at?: (rebuild: Rebuild<Phase>, phase: Phase) => object
}

/**
 * Opens the rebuilds that one document of a collection holds.
 * @param _id the id of the document
 */
export function openRebuildLeases<Phase extends string>(
  model: Model<Rebuilding<Phase>>,
  _id: string,
  { first, at = () => ({}) }: Besides<Phase> = {},
): RebuildLeases<Phase> {
  type Filter = QueryFilter<Rebuilding<Phase>>
  const read = async () => (await model.findById(_id).lean<Rebuilding<Phase>>()) ?? undefined
  const lease = (owner: string) => ({ owner, until: new Date(Date.now() + REBUILD_LEASE_MS) })
  const mine = ({ generation, owner }: Rebuild) => ({
    _id,
    'rebuild.generation': generation,
    'rebuild.owner': owner,
  })
  const change = async (filter: object, update: object) =>
    (await model.updateOne(filter as Filter, update as UpdateQuery<Rebuilding<Phase>>)).matchedCount === 1

  return {
    async begin(owner) {
      const { last = 0 } = (await read()) ?? {}
      const rebuild: Rebuild<Phase> = { generation: last + 1, phase: 'building' as Phase, ...lease(owner) }
      const free = { _id, last: last === 0 ? absent : last, rebuild: absent }
      const begun = { $set: { last: last + 1, rebuild }, ...(first && { $setOnInsert: first }) }
      try {
        await model.updateOne(free as Filter, begun as UpdateQuery<Rebuilding<Phase>>, { upsert: true })
        return rebuild
      } catch (error) {
        // Another process has begun one since `read`.
        if (isDuplicateKey(error)) return undefined
        throw error
      }
    },
    async takeOver(found, owner) {
      const phase = found.phase === 'built' ? ('building' as Phase) : found.phase
      const taken = { ...found, phase, ...lease(owner) }
      const asRead = { ...mine(found), 'rebuild.phase': found.phase, 'rebuild.until': found.until }
      return (await change(asRead, { $set: { rebuild: taken } })) ? taken : undefined
    },
    renew: rebuild => change(mine(rebuild), { $set: { 'rebuild.until': lease(rebuild.owner).until } }),
    async advance(rebuild, phase) {
      const advanced = { ...rebuild, phase, ...lease(rebuild.owner) }
      // Nobody works on what is built, so anybody may take it over.
      if (phase === 'built') advanced.until = new Date(0)
      // The new phase too, so that a change whose answer was lost can be repeated.
      const either = { ...mine(rebuild), 'rebuild.phase': { $in: [rebuild.phase, phase] } }
      return (await change(either, { $set: { rebuild: advanced, ...at(rebuild, phase) } }))
        ? advanced
        : undefined
    },
    async end(rebuild) {
      await change(mine(rebuild), { $unset: { rebuild: '' } })
      const { rebuild: left } = (await read()) ?? {}
      return left?.generation !== rebuild.generation
    },
  }
}
