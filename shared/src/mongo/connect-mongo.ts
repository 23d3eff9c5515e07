import mongoose, { type Connection } from 'mongoose'
import type { Logger } from 'pino'
import { addOutageRule, waitOut } from '../failures/outage.ts'
import { setWaiting } from './model.ts'
import { mongoOutage } from './outages.ts'
import { failClosedWrites } from './patches/closed-writes.ts'
import { quietPool } from './patches/quiet-pool.ts'
import { mongoRefusal } from './refusal.ts'

failClosedWrites()
quietPool()
addOutageRule(mongoOutage)

/**
 * Connects to MongoDB. During an outage it waits and tries again.
 *
 * MongoDB acknowledges a write only when the journal of a majority has it. So a change that Daybook answered with 2xx
 * survives a crash.
 * @param options.uri connection string; `options.database` the database of all collections; `options.onWait` is called with the
 * reason of each outage
 * @returns the connection, which the caller closes
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED
 */
export async function connectMongo(options: {
  uri: string
  database: string
  log: Logger
  signal: AbortSignal
  onWait?: (reason: Error) => void
}): Promise<Connection> {
  const connect = () =>
    mongoose
      .createConnection(options.uri, {
        dbName: options.database,
        writeConcern: { w: 'majority', journal: true },
        // Reads return only what a majority has: the relay publishes nothing that a failover could roll back.
        readConcern: { level: 'majority' },
        // Short, so that clients get their error soon during an outage and consumers keep sending heartbeats.
        serverSelectionTimeoutMS: 3000,
        connectTimeoutMS: 3000,
        socketTimeoutMS: 20_000,
        // During an outage a command must fail: `waitOut` repeats it. By default, Mongoose would queue it.
        bufferCommands: false,
        autoIndex: false,
        autoCreate: false,
      })
      .asPromise()
      .catch(error => {
        throw mongoRefusal(error) ?? error
      })
  const connection = await waitOut('connecting to MongoDB', connect, options)
  setWaiting(connection, options)
  return connection
}

/**
 * Checks for readiness that MongoDB answers.
 * @throws the driver's error when it does not
 */
export async function pingMongo(connection: Connection): Promise<undefined> {
  await connection.getClient().db(connection.name).command({ ping: 1 })
}

/**
 * Asks MongoDB for the version of its server. It needs no right.
 * @throws the driver's error when MongoDB does not answer
 */
export async function mongoVersion(connection: Connection): Promise<string> {
  const { version } = await connection.getClient().db(connection.name).command({ buildInfo: 1 })
  return version as string
}
