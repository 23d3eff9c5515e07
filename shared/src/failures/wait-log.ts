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
 * Makes the log of one piece of work. It logs a missing right once, until the right changes or is granted, and every other
 * failed attempt. It does not log an error with the code DAYBOOK_NOT_AUTHORIZED, because the Kafka port has logged it.
 * @param message the message of the line about a failed attempt
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
