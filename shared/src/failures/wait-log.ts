import mongoose from 'mongoose'
import type { Logger } from 'pino'
import { DaybookError } from './errors.ts'

/** What tells of an outage while it is waited out. */
export interface WaitLog {
  /** Logs a failed attempt (from 1). @returns the error; a refusal of MongoDB as DAYBOOK_NOT_AUTHORIZED */
  failed: (error: Error, attempt: number) => Error
  /** Logs that an attempt succeeded, where a refusal came before. */
  succeeded: () => void
}

/** Whether Kafka or MongoDB does not authorize an operation, so that waiting needs an operator to succeed. */
export const isNotAuthorized = (error: unknown): boolean =>
  error instanceof DaybookError && error.code === 'DAYBOOK_NOT_AUTHORIZED'

/**
 * A refusal for want of rights is logged once, until it changes or ends, every other attempt by itself. Kafka's refusals are
 * in the log already: its port logs them.
 * @param message of the line of an attempt
 */
export function waitLog(log: Logger, message: string): WaitLog {
  let told: string | undefined
  return {
    failed(error, attempt) {
      if (isNotAuthorized(error)) return error
      const refusal = mongoRefusal(error)
      if (refusal === undefined) log.warn({ err: error, attempt }, message)
      else if (refusal.message !== told) log.error({ code: refusal.code, err: error }, refusal.message)
      told = refusal?.message
      return refusal ?? error
    },
    succeeded() {
      if (told !== undefined) log.info('MongoDB authorizes us again')
    },
  }
}

const { MongoServerError } = mongoose.mongo

// https://github.com/mongodb/mongo/blob/r8.0.0/src/mongo/base/error_codes.yml
const UNAUTHORIZED = 13

/** MongoDB names database, command and collection, and then shows the whole command, which is not for a log line. */
function mongoRefusal(error: Error): DaybookError | undefined {
  if (!(error instanceof MongoServerError) || error.code !== UNAUTHORIZED) return undefined
  const [, database, command, collection] =
    /not authorized on (\S+) to execute command \{ (\w+): "?([^",}]*)/.exec(error.message) ?? []
  const what = database ? `to ${command} on ${database}.${collection}` : 'without a login'
  const message = `MongoDB does not authorize us ${what}: grant the right, see docs/operations.md, "MongoDB"`
  return new DaybookError('DAYBOOK_NOT_AUTHORIZED', message, { cause: error })
}
