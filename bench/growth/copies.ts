import mongoose, { type Connection } from 'mongoose'

const { EJSON } = mongoose.mongo.BSON
const BATCH = 1000

type Stored = { _id: string }

/**
 * Stores copies of documents until there are so many more. In each copy of a set of documents one text is replaced by another,
 * wherever it occurs.
 * @param collection the name of the collection
 * @param documents the documents that belong together, for example the events of a task
 * @param text occurs in the `_id` of each document
 * @param copyOf returns the text of a copy
 */
export async function storeCopies(
  db: Connection,
  {
    collection,
    documents,
    text,
    count,
  }: { collection: string; documents: Stored[]; text: string; count: number },
  copyOf: (copy: number) => string,
): Promise<void> {
  const original = EJSON.stringify(documents, { relaxed: false })
  const copies = Math.ceil(count / documents.length)
  let batch: Stored[] = []
  for (let copy = 0; copy < copies; copy += 1) {
    batch.push(...(EJSON.parse(original.replaceAll(text, copyOf(copy)), { relaxed: false }) as Stored[]))
    if (batch.length < BATCH && copy < copies - 1) continue
    await db.collection<Stored>(collection).insertMany(batch, { ordered: false, writeConcern: { w: 1 } })
    batch = []
  }
}
