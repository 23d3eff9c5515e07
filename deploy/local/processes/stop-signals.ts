import { killChildren } from './child.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** A terminal's Ctrl-C comes to us twice, once by way of npm. */
const SAME_PRESS_MS = 500
const KILLED = 130

/**
 * Waits for Ctrl-C and its kin. The first one asks to stop everything in order; one that follows kills at once.
 * @returns aborted by the first
 */
export function abortOnStopSignal(report: (line: string) => void): AbortSignal {
  const interrupted = new AbortController()
  let first: number | undefined
  const interrupt = (signal: NodeJS.Signals) => {
    if (first === undefined) {
      first = Date.now()
      report('Stopping… (once more kills at once)')
      interrupted.abort(signal)
    } else if (Date.now() - first > SAME_PRESS_MS) {
      killChildren()
      process.exit(KILLED)
    }
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  return interrupted.signal
}
