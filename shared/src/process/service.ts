import { flushCompileCache } from 'node:module'
import closeWithGrace from 'close-with-grace'
import { type Logger, pino } from 'pino'
import { type Env, readSettingTexts } from '../config/setting-texts.ts'
import { DaybookError } from '../failures/errors.ts'

/** What `runService` gives to the main function of a service. */
export interface Service {
  /** As in `scheduler`. */
  name: string
  log: Logger
  /** Closes what the service opened, last opened first. Code that opens something defers its close here at once. */
  closing: AsyncDisposableStack
  /** Closes the service and ends the process with code 1. For failures that only a restart can fix. */
  fail: (error: Error) => void
  /** Aborted when the process starts to stop. Code that waits for the end of an outage then stops waiting. */
  signal: AbortSignal
}

/**
 * Runs a service as a process: starts it, and closes it in order on SIGTERM, SIGINT or a failure. The exit code is 0 after
 * a signal. It is 1 after a failure, and when closing takes longer than 10 s. A second signal ends the process at once, with
 * code 1.
 * @param env the environment; this function reads only LOG_LEVEL or LOG_LEVEL_FILE, because it needs the log first
 * @param start reads the settings, opens and starts everything
 */
export function runService(name: string, env: Env, start: (service: Service) => Promise<void>): void {
  // Synchronous, because pino keeps the process alive while it has unwritten lines, and the reader of a pipe may be gone.
  const log = pino({ name }, pino.destination({ sync: true }))
  // Skips an unknown level: loadConfig reports it with the other wrong settings, and that report needs a log.
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
  // Throws outside of any promise: close-with-grace then handles this failure like every uncaught error.
  const fail = (error: Error) => {
    // Expected during a stop: code that waits for the end of an outage ends with this error.
    if (stopping.signal.aborted && error.name === 'AbortError') return
    setImmediate(() => {
      throw error
    })
  }
  start({ name, log, closing, fail, signal: stopping.signal })
    // Now the next start finds the compiled modules, also when this process is killed, and their copies leave the memory.
    .then(flushCompileCache)
    .catch(error => {
      if (!stopping.signal.aborted) fail(error)
    })
}

/** Logs a failure. The message of a DaybookError says what to do, so it needs no stack. Other errors show theirs. */
function logFailure(log: Logger, error: unknown): void {
  if (error instanceof DaybookError) log.fatal({ code: error.code, err: error.cause }, error.message)
  else log.fatal({ err: error }, 'failed')
}
