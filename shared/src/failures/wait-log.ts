import type { Logger } from 'pino'
import { type DaybookError, isNotAuthorized } from './errors.ts'

/** The log lines of work that waits for an outage to end. */
export interface WaitLog {
  /** Logs a failed attempt (from 1). `reason` is the error that tells an operator why the work waits, see `outageReason`. */
  failed: (error: Error, reason: Error, attempt: number) => void
  /** Logs that an attempt succeeded, when the attempt before lacked a right. */
  succeeded: () => void
}

/**
 * Makes the log of one piece of work. A missing right is one line until it changes or is granted. Every other failed attempt
 * is one line. An error that is DAYBOOK_NOT_AUTHORIZED itself is not logged: the Kafka port has done so.
 * @param message of the line of a failed attempt
 */
export function waitLog(log: Logger, message: string): WaitLog {
  let logged: string | undefined
  return {
    failed(error, reason, attempt) {
      if (isNotAuthorized(error)) return
      const missingRight = isNotAuthorized(reason) ? (reason as DaybookError) : undefined
      if (missingRight === undefined) log.warn({ err: error, attempt }, message)
      else if (missingRight.message !== logged)
        log.error({ code: missingRight.code, err: error }, missingRight.message)
      logged = missingRight?.message
    },
    succeeded() {
      if (logged !== undefined) log.info('the missing right was granted')
    },
  }
}
