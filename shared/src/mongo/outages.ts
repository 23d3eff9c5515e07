import mongoose from 'mongoose'
import { DaybookError } from '../failures/errors.ts'
import { isOutage } from '../failures/outage.ts'

const {
  MongoBulkWriteError,
  MongoNetworkError,
  MongoServerSelectionError,
  MongoServerError,
  MongoNotConnectedError,
} = mongoose.mongo

// https://github.com/mongodb/mongo/blob/r8.0.0/src/mongo/base/error_codes.yml
const UNAUTHORIZED = 13
const AUTHENTICATION_FAILED = 18
// https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring: "not writable
// primary" and "node is recovering"; and 50, an operation that exceeded its time limit.
const steppingDown = [50, 91, 189, 10107, 11600, 11602, 13435, 13436]
// The collection was replaced while a query read it: the projection of reporting was rebuilt. The query reads the new one when
// it is repeated.
const QUERY_PLAN_KILLED = 175
// These codes mean that an operator changed the rights or the password of Daybook's user. The cause is not the message that
// is handled.
const passingRefusals = new Set([...steppingDown, QUERY_PLAN_KILLED, UNAUTHORIZED, AUTHENTICATION_FAILED])

/**
 * The outage rule of MongoDB, see `addOutageRule`.
 * @returns DaybookError DAYBOOK_NOT_AUTHORIZED, which names the command, where the user lacks a right
 */
export function mongoOutage(error: Error): Error | undefined {
  return isAway(error) ? (missingRight(error) ?? error) : undefined
}

function isAway(error: Error): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  if (error instanceof MongoNotConnectedError || error instanceof mongoose.Error.MongooseServerSelectionError)
    return true
  // The driver wraps every error that ends a bulk write in this class, including an outage.
  if (error instanceof MongoBulkWriteError && isOutage(error.errorResponse)) return true
  if (!(error instanceof MongoServerError)) return false
  return error.hasErrorLabel('RetryableWriteError') || passingRefusals.has(Number(error.code))
}

/** MongoDB's message names database, command and collection. Then it shows the whole command, which is too long for a log line. */
function missingRight(error: Error): DaybookError | undefined {
  if (!(error instanceof MongoServerError) || error.code !== UNAUTHORIZED) return undefined
  const [, database, command, collection] =
    /not authorized on (\S+) to execute command \{ (\w+): "?([^",}]*)/.exec(error.message) ?? []
  const what = database ? `to ${command} on ${database}.${collection}` : 'without a login'
  const message = `MongoDB does not authorize us ${what}: grant the right, see docs/operations.md, "MongoDB"`
  return new DaybookError('DAYBOOK_NOT_AUTHORIZED', message, { cause: error })
}
