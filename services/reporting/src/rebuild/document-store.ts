import { driverCollection } from '@daybook/shared/mongo/model'
import { readPage } from '@daybook/shared/mongo/read-page'
import { putInPlace } from '@daybook/shared/rebuild/put-in-place-store'
import type { Connection } from 'mongoose'
import { collectionOf, completionModel, LIVE, type StoredCompletion } from '../projection/completion-model.ts'

const PAGE = 2500

/** The documents of a generation, in the order of their ids, which is by day. */
export interface Documents {
  /** The documents that follow an id, at most 2,500, and whether there may be more. */
  page: (after: string) => Promise<{ documents: StoredCompletion[]; mayHaveMore: boolean }>
  find: (ids: string[]) => Promise<Map<string, StoredCompletion>>
}

/** The documents of all generations. */
export interface AllDocuments {
  live: Documents
  of: (generation: number) => Documents
  /**
   * Puts the documents of a generation in the place of the live ones, in one step that no reader sees half of. A query that
   * reads the live documents at that moment fails with an error that is an outage. Does nothing if it was done before.
   */
  makeLive: (generation: number) => Promise<void>
  /** Removes the documents of the generations up to this one that are not live. */
  removeThrough: (generation: number) => Promise<void>
}

export function openDocuments(connection: Connection): AllDocuments {
  const database = connection.getClient().db(connection.name)
  return {
    live: documentsIn(connection, LIVE),
    of: generation => documentsIn(connection, collectionOf(generation)),
    // The number of a generation is not used twice, and nobody writes to its own collection any more.
    makeLive: generation => putInPlace(connection, collectionOf(generation), LIVE),
    async removeThrough(generation) {
      const found = await database.listCollections({}, { nameOnly: true }).toArray()
      const names = new Set(found.map(({ name }) => name))
      for (let old = generation; old > 0; old -= 1)
        if (names.has(collectionOf(old))) await database.dropCollection(collectionOf(old))
    },
  }
}

function documentsIn(connection: Connection, collection: string): Documents {
  const model = completionModel(connection, collection)
  return {
    page: after =>
      readPage<StoredCompletion, StoredCompletion>(model, {
        filter: { _id: { $gt: after } },
        projection: {},
        sort: { _id: 1 },
        hint: '_id_',
        limit: PAGE,
      }),
    async find(ids) {
      const found = await driverCollection(model)
        .find({ _id: { $in: ids } })
        .toArray()
      return new Map(found.map(document => [document._id, document]))
    },
  }
}
