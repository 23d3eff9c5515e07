/**
 * One access of a process to a server or a disk: nothing comes between its parts. The simulation decides when it happens, and
 * whether the process learns of it.
 * @param what the collection and the operation, for example `runs.update`
 */
export type Reach = <T>(what: string, access: () => T) => Promise<T>

/** The documents of the collections. A database outlives the processes that use it. */
export type Database = Map<string, StoredDocuments>

interface StoredDocuments {
  byId: Map<string, object>
  /** In order, for scans. */
  ids: string[]
}

/** The connection of one process to a database. */
export interface Connection {
  database: Database
  reach: Reach
}

/** Reaches at once, for tests of the stores. */
export const reachAtOnce: Reach = async (_what, access) => access()

/** The documents of a collection, in the order of their ids. A collection that nobody used is empty. */
export function documentsOf<Document>(database: Database, collection: string): Map<string, Document> {
  return storedIn(database, collection).byId as Map<string, Document>
}

/** Opens the stored documents of a collection, for `collectionOf`. */
export function storedIn(database: Database, collection: string): StoredDocuments {
  const known = database.get(collection)
  if (known !== undefined) return known
  const made: StoredDocuments = { byId: new Map(), ids: [] }
  database.set(collection, made)
  return made
}

/** @returns the place of the first of some sorted ids that is not before `id` */
export function placeOf(ids: string[], id: string): number {
  let [from, to] = [0, ids.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((ids[middle] as string) < id) from = middle + 1
    else to = middle
  }
  return from
}
