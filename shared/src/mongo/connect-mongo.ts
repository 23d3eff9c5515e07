import mongoose, { type Connection, type mongo } from 'mongoose'
import type { Logger } from 'pino'
import { addOutageRule, waitOut } from '../failures/outage.ts'
import { mongoOutage } from './outages.ts'
import { failClosedWrites } from './patches/closed-writes.ts'
import { mongoRefusal } from './refusal.ts'

failClosedWrites()
addOutageRule(mongoOutage)

/**
 * Connects to MongoDB, waiting for as long as it is away.
 * Every acknowledged write has reached the journal of a majority: what Daybook answers 2xx for survives a crash.
 * @param options.uri connection string; `options.database` the database of all collections
 * @returns the connection; whoever opens it closes it
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED
 */
export async function connectMongo(options: {
  uri: string
  database: string
  log: Logger
  signal: AbortSignal
}): Promise<Connection> {
  const connect = () =>
    mongoose
      .createConnection(options.uri, {
        dbName: options.database,
        writeConcern: { w: 'majority', journal: true },
        // What is read has reached a majority too: nothing goes out that a failover could take back.
        readConcern: { level: 'majority' },
        // Short, so that an outage is noticed by whoever waits for an answer, and a consumer's heartbeat goes on.
        serverSelectionTimeoutMS: 3000,
        connectTimeoutMS: 3000,
        socketTimeoutMS: 20_000,
        // A model must not queue commands for a store that is away: an outage is an error, then waited out.
        bufferCommands: false,
        autoIndex: false,
        autoCreate: false,
      })
      .asPromise()
      .catch(error => {
        throw mongoRefusal(error) ?? error
      })
  return waitOut('connecting to MongoDB', connect, options)
}

/**
 * A collection as the driver has it: Daybook's documents are typed and validated where they come in, and its writes are
 * bulk and pipeline updates, for which a Mongoose model would only cast them again.
 */
export function collectionOf<T extends mongo.Document>(
  connection: Connection,
  name: string,
): mongo.Collection<T> {
  return connection.getClient().db(connection.name).collection<T>(name)
}

/**
 * For readiness: asks whether MongoDB answers.
 * @throws what keeps it from that
 */
export async function pingMongo(connection: Connection): Promise<undefined> {
  await connection.getClient().db(connection.name).command({ ping: 1 })
}

/** Whether a write was refused because a document with that unique key is already there. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000
}

/**
 * The places, in an unordered bulk write, of the writes that met a document with the same unique key.
 * @param error what the bulk write threw
 * @throws the error itself when it says anything else
 */
export function duplicatesIn(error: unknown): number[] {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
  const errors = [error.writeErrors].flat()
  if (errors.length === 0 || errors.some(({ code }) => code !== 11000)) throw error
  // What was not refused may not have reached the journal either.
  if (error.result.getWriteConcernError() !== undefined) throw error
  return errors.map(({ index }) => index)
}
