import type { mongo } from 'mongoose'
import { type FiringToRecord, firingUpdate, isUnchanged } from './firing-update-store.ts'

interface Options {
  /** An expression: whether a schedule may store events. */
  mayStore: object
  /** An id unlike that of any other tick. */
  tick: string
}

/**
 * Records the firings of different schedules by one update: one for each schedule takes MongoDB almost twice the time. For each
 * schedule it is a compare-and-set of its own.
 * @returns the names of the schedules whose firings are recorded: the others have changed, or may not store events. After an error, a
 *   call with the same tick returns also those that were recorded before the error.
 */
export async function recordFirings<Stored extends { _id: string }>(
  schedules: mongo.Collection<Stored>,
  firings: FiringToRecord[],
  { mayStore, tick }: Options,
): Promise<ReadonlySet<string>> {
  const collection = schedules as unknown as mongo.Collection<{ _id: string; firedIn?: string }>
  const names = firings.map(({ name }) => name)
  const ofFirings = { _id: { $in: names } }
  const { matchedCount } = await collection.updateMany(
    { ...ofFirings, $expr: { $and: [isUnchanged(firings), mayStore] } },
    firingUpdate(firings, tick),
  )
  if (matchedCount === names.length) return new Set(names)
  // Of several processes that fire the same schedules at the same time, each records some.
  const found = collection.find({ ...ofFirings, firedIn: tick }, { projection: { _id: 1 } })
  return new Set((await found.toArray()).map(({ _id }) => _id))
}
