import mongoose, { type Connection } from 'mongoose'

const NAMESPACE_NOT_FOUND = 26

/**
 * Puts a collection in the place of another one, in one step that no reader sees half of. A query that reads the other one at that
 * moment fails with an error that is an outage. Does nothing if it was done before: so the name of the collection must not be
 * used twice.
 */
export async function putInPlace(connection: Connection, collection: string, place: string): Promise<void> {
  const database = connection.getClient().db(connection.name)
  try {
    await database.collection(collection).rename(place, { dropTarget: true })
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === NAMESPACE_NOT_FOUND) return
    throw error
  }
}
