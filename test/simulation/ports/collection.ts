import { copy } from './copy.ts'
import { type Connection, placeOf, storedIn } from './database.ts'

// How many documents one access reads: few, because a query of MongoDB is no snapshot. Between two accesses others may write.
const PAGE = 4

type Condition<Document> = (document: Document) => boolean

/**
 * A collection in memory. The change of one document is atomic. Whatever reads or changes several documents is not: other
 * processes may come in between, and a crash may interrupt it. Given documents are copied; returned documents, and those that
 * functions get, are the stored ones, which are frozen.
 */
export interface Collection<Document extends { _id: string }> {
  get: (id: string) => Promise<Document | undefined>
  /** The documents with these ids that exist, in the order of their ids. */
  getAll: (ids: string[]) => Promise<Document[]>
  /** All documents that meet a condition, in the order of their ids. */
  find: (meets: Condition<Document>) => Promise<Document[]>
  /** The least value of the documents that meet a condition, as one access. */
  least: <Value>(meets: Condition<Document>, of: (document: Document) => Value) => Promise<Value | undefined>
  /** @returns false if there is a document with the same id: the error 11000 of MongoDB */
  insert: (document: Document) => Promise<boolean>
  /**
   * Changes the document with an id if it meets a condition.
   * @param next makes the new document from the stored one
   * @returns whether there was such a document
   */
  update: (id: string, meets: Condition<Document>, next: (stored: Document) => Document) => Promise<boolean>
  /** Changes all documents that meet a condition, one by one. @returns how many there were */
  updateAll: (meets: Condition<Document>, next: (stored: Document) => Document) => Promise<number>
  /** Changes the document with an id, or inserts it. @param next makes the document; gets undefined when there is none */
  upsert: (id: string, next: (stored: Document | undefined) => Document) => Promise<void>
  /** Removes the document with an id if it meets a condition. */
  remove: (id: string, meets?: Condition<Document>) => Promise<void>
}

/**
 * Opens a collection of a database.
 * @param stamped makes the stored document from a given one, at the instant at which it is stored
 */
export function collectionOf<Document extends { _id: string }>(
  { database, reach }: Connection,
  name: string,
  stamped: (document: Document) => Document = document => document,
): Collection<Document> {
  const { byId, ids } = storedIn(database, name)
  const documents = byId as Map<string, Document>

  function put(document: Document): void {
    if (!documents.has(document._id)) ids.splice(placeOf(ids, document._id), 0, document._id)
    documents.set(document._id, copy(stamped(document)))
  }

  /** Reads pages until there is none after the last id. @param read reads the page that begins after an id */
  async function inPages(read: (after: string | undefined) => string[]): Promise<void> {
    for (let page: string[] | undefined; page === undefined || page.length === PAGE; )
      page = await reach(`${name}.find`, () => read(page?.at(-1)))
  }

  async function findIn(sorted: () => string[], meets: Condition<Document>): Promise<Document[]> {
    const found: Document[] = []
    await inPages(after => {
      const all = sorted()
      const page: string[] = []
      for (let i = after === undefined ? 0 : placeOf(all, `${after}\0`); i < all.length; i += 1) {
        const document = documents.get(all[i] as string)
        if (document === undefined || !meets(document)) continue
        found.push(document)
        if (page.push(document._id) === PAGE) break
      }
      return page
    })
    return found
  }

  const change = (id: string, meets: Condition<Document>, next: (stored: Document) => Document): boolean => {
    const stored = documents.get(id)
    if (stored === undefined || !meets(stored)) return false
    put(next(stored))
    return true
  }

  return {
    get: id => reach(`${name}.find`, () => documents.get(id)),
    getAll(given) {
      const sorted = [...new Set(given)].sort()
      return findIn(
        () => sorted,
        () => true,
      )
    },
    find: meets => findIn(() => ids, meets),
    least: (meets, of) =>
      reach(`${name}.find`, () => {
        const values = [...documents.values()].filter(meets).map(of)
        return values.length > 0 ? values.reduce((a, b) => (b < a ? b : a)) : undefined
      }),
    insert: document =>
      reach(`${name}.insert`, () => {
        if (documents.has(document._id)) return false
        put(document)
        return true
      }),
    update: (id, meets, next) => reach(`${name}.update`, () => change(id, meets, next)),
    async updateAll(meets, next) {
      let changed = 0
      for (const { _id } of await findIn(() => ids, meets))
        if (await reach(`${name}.update`, () => change(_id, meets, next))) changed += 1
      return changed
    },
    upsert: (id, next) => reach(`${name}.upsert`, () => put(next(documents.get(id)))),
    remove: (id, meets = () => true) =>
      reach(`${name}.remove`, () => {
        const stored = documents.get(id)
        if (stored === undefined || !meets(stored)) return
        documents.delete(id)
        ids.splice(placeOf(ids, id), 1)
      }),
  }
}
