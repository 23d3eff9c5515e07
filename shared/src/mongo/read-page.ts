import type { Model, mongo } from 'mongoose'

/** A query for the first documents in the order of an index. */
export interface PageQuery<Document> {
  filter: mongo.Filter<Document>
  projection: { [Field in keyof Document]?: 0 | 1 }
  /** The order of the index. */
  sort: { [Field in keyof Document]?: 1 | -1 }
  /** The name of the index. */
  hint: string
  limit: number
}

/**
 * Reads many documents in one answer. That takes less than half the CPU time of a cursor, because the driver decodes the answer
 * as a whole, and the documents of a cursor one by one.
 * @returns the documents, and whether there may be more: an answer ends at the limit, or earlier at 16 MB
 */
export async function readPage<Document extends { _id: string }, Read>(
  model: Model<Document>,
  query: PageQuery<Document>,
): Promise<{ documents: Read[]; mayHaveMore: boolean }> {
  const connection = model.db
  const db = connection.getClient().db(connection.name)
  const collection = model.collection.collectionName
  // MongoDB keeps no cursor when it finds the end of the results within the batch, so only an answer of 16 MB leaves one.
  const find = { find: collection, ...query, batchSize: query.limit + 1, readConcern: db.readConcern }
  const { cursor } = await db.command(find, { useBigInt64: true })
  if (cursor.id !== 0n) await db.command({ killCursors: collection, cursors: [cursor.id] })
  const documents: Read[] = cursor.firstBatch
  return { documents, mayHaveMore: cursor.id !== 0n || documents.length === query.limit }
}
