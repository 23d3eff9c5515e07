import mongoose from 'mongoose'

/** Returns whether MongoDB refused a write because a document with the same unique key exists. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000
}

/**
 * The indexes, in an unordered bulk write, of the writes that MongoDB refused because of a duplicate key.
 * @param error the error of the bulk write
 * @throws the same error unless duplicate keys are its only cause
 */
export function duplicatesIn(error: unknown): number[] {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
  const errors = [error.writeErrors].flat()
  if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error
  // The accepted writes may not have reached the journal either.
  if (error.result.getWriteConcernError() !== undefined) throw error
  return errors.map(({ index }) => index)
}
