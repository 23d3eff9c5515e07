import type { mongo } from 'mongoose'
import { duplicatesIn } from './connect-mongo.ts'

/** A document derived from events: `version` is the sequence of the last event in it. */
export interface Derived {
  _id: string
  version: number
}

/**
 * Writes whole documents, each only over an older version of itself: so events that come twice, or late, change
 * nothing, and the order of writers does not matter.
 */
export async function putNewer<T extends Derived>(
  collection: mongo.Collection<T>,
  documents: T[],
): Promise<void> {
  if (documents.length === 0) return
  const put = (document: T, upsert: boolean) => ({
    replaceOne: { filter: olderThan(document), replacement: document, upsert },
  })
  try {
    await collection.bulkWrite(
      documents.map(document => put(document, true)),
      { ordered: false },
    )
  } catch (error) {
    // An upsert meets the unique _id where the document is as new already, or where another writer has just made it,
    // perhaps an older one. Now that it is there, a plain guarded write tells these apart.
    const refused = duplicatesIn(error).flatMap(i => documents[i] ?? [])
    await collection.bulkWrite(
      refused.map(document => put(document, false)),
      { ordered: false },
    )
  }
}

const olderThan = <T extends Derived>({ _id, version }: T) =>
  ({ _id, version: { $lt: version } }) as mongo.Filter<T>
