import { groupCommit } from '@daybook/shared/async/group-commit'
import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { type CreationKey, keyModel } from './key-model.ts'

/**
 * Stores a key, unless it is stored.
 * @returns the stored document: the given one, or that of the first request with the key
 */
export type ReserveKey = (key: CreationKey) => Promise<CreationKey>

/** Opens the collection of the keys. Calls that arrive together share an insert. */
export async function openKeys(connection: Connection): Promise<ReserveKey> {
  const model = keyModel(connection)
  await createIndexes(model)
  const keys = driverCollection(model)

  async function reserveAll(group: CreationKey[]): Promise<CreationKey[]> {
    try {
      await keys.insertMany(group, { ordered: false })
      return group
    } catch (error) {
      const known = new Set(duplicatesIn(error))
      const ids = group.flatMap(({ _id }, i) => (known.has(i) ? _id : []))
      const stored = await keys.find({ _id: { $in: ids } }).toArray()
      const byId = new Map(stored.map(one => [one._id, one]))
      // MongoDB may have removed an expired key in between: then the request is the first with the key again.
      return Promise.all(group.map((one, i) => (known.has(i) ? (byId.get(one._id) ?? reserve(one)) : one)))
    }
  }
  const reserve = groupCommit(reserveAll, 1000)
  return reserve
}
