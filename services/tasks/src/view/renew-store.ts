import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { searchText } from '../search-text.ts'
import { changedNow, storedVersion, taskModel } from './task-model.ts'

const PAGE = 1000

/**
 * Opens the renewal of documents that an earlier version of Daybook wrote, before the update or in a process that still runs beside this
 * one: it adds what this version stores besides.
 * @returns a function that renews some documents, and returns whether there were any. Processes may do so at the same time
 */
export function openRenewal(connection: Connection): () => Promise<boolean> {
  const tasks = driverCollection(taskModel(connection))
  return async () => {
    const found = await tasks
      .find({ version: { $type: 'int' } }, { projection: { version: 1, name: 1 } })
      .hint('of earlier versions')
      .limit(PAGE)
      .toArray()
    const updates = found.map(({ _id, version, name }) => ({
      updateOne: {
        // A document that has changed since is renewed by its writer, or found again.
        filter: { _id, version: { $eq: version, $type: 'int' } as never },
        update: { $set: { version: storedVersion(version), searchName: searchText(name) }, ...changedNow },
      },
    }))
    if (updates.length > 0) await tasks.bulkWrite(updates, { ordered: false })
    return updates.length > 0
  }
}
