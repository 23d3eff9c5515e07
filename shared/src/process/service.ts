import closeWithGrace from 'close-with-grace'
import { type Logger, pino } from 'pino'
import { type Env, readSettingTexts } from '../config/setting-texts.ts'
import { DaybookError } from '../failures/errors.ts'

/** What a service's main opens with. */
export interface Service {
  log: Logger
  /** Whoever opens something adds its close here at once: what was opened last closes first. */
  closing: AsyncDisposableStack
  /** Ends the process with code 1 after closing; for troubles that only a new start can mend. */
  fail: (error: Error) => void
  /** Aborted when the process is told to stop, so that what waits for an outage stops waiting. */
  signal: AbortSignal
}

/**
 * Runs a service as a process: opens it, and on SIGTERM, SIGINT or a failure closes it in order. Exit code 0 after a
 * signal; 1 after a failure, when closing takes longer than 10 s, and at once on a second signal.
 * @param env the environment, of which only LOG_LEVEL (or LOG_LEVEL_FILE) is read here: the log is needed first
 * @param start reads the settings, opens and starts everything
 */
export function runService(name: string, env: Env, start: (service: Service) => Promise<void>): void {
  // Written at once: with lines still in hand and nobody left to read them, pino would never let the process end.
  const log = pino({ name }, pino.destination({ sync: true }))
  // A level that does not exist is reported by loadConfig with the other wrong settings, and that needs a log.
  const level = readSettingTexts(['LOG_LEVEL'], env).texts.LOG_LEVEL
  if (level !== undefined && (level === 'silent' || level in log.levels.values)) log.level = level
  const closing = new AsyncDisposableStack()
  const stopping = new AbortController()
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err, signal }) => {
    if (err) logFailure(log, err)
    else log.info({ signal }, 'stopping')
    stopping.abort()
    await closing.disposeAsync()
    log.info('stopped')
  })
  // Thrown where nobody catches it, a failure takes the one way out that every failure takes.
  const fail = (error: Error) => {
    // Told to stop, what waits for an outage ends with this error.
    if (stopping.signal.aborted && error.name === 'AbortError') return
    setImmediate(() => {
      throw error
    })
  }
  start({ log, closing, fail, signal: stopping.signal }).catch(error => {
    if (!stopping.signal.aborted) fail(error)
  })
}

/** A DaybookError tells its reader what to do, so its message is all that is shown; a bug shows its stack. */
function logFailure(log: Logger, error: unknown): void {
  if (error instanceof DaybookError) log.fatal({ code: error.code, err: error.cause }, error.message)
  else log.fatal({ err: error }, 'failed')
}
