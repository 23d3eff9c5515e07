import { killChildren } from './child.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** One Ctrl-C in a terminal arrives twice: from the terminal and from npm. */
const SAME_PRESS_MS = 500
const INTERRUPTED_EXIT_CODE = 130

/**
 * Handles Ctrl-C and the other signals that stop a program. The first signal asks for an orderly stop; another one kills
 * all children and exits at once.
 * @returns a signal that the first stop signal aborts
 */
export function abortOnStopSignal(report: (line: string) => void): AbortSignal {
  const interrupted = new AbortController()
  let first: number | undefined
  const interrupt = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = Date.now()
      report('Stopping… (press Ctrl-C again to kill everything at once)')
      interrupted.abort(signal)
    } else if (Date.now() - first > SAME_PRESS_MS) {
      killChildren()
      process.exit(INTERRUPTED_EXIT_CODE)
    }
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  return interrupted.signal
}
