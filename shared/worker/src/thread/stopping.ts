import type { Holds } from '../attempts/holds.ts'
import type { Results } from '../attempts/results.ts'
import { returned } from '../handling/outcome.ts'
import type { Beats } from './beats.ts'
import { within } from './within.ts'

/** The longest time in milliseconds for the last reports, and for leaving the consumer groups. */
const LAST_WORDS_MS = 5000

interface Deps {
  holds: Holds
  results: Results
  beats: Beats
  setState: (state: 'stopping' | 'stopped') => void
  /** Ends the reading of Kafka. */
  stopReading: () => Promise<void>
  /** Resolves when the stop is to be as short as possible. */
  hurry: Promise<void>
  stopTimeout: number
  graceTime: number
}

/**
 * Stops the work: gives back what waits, lets the running handlers end, aborts those that need longer than `stopTimeout`, and
 * gives back those that do not end within `graceTime` after that. Takes a bounded time even during an outage.
 */
export async function stopWork(deps: Deps): Promise<void> {
  const { holds, results, beats, setState, stopReading, hurry, stopTimeout, graceTime } = deps
  setState('stopping')
  beats.now()
  for (const hold of holds.all()) if (hold.state === 'waiting') holds.abort(hold, 'stopping')
  await within(stopTimeout, Promise.race([holds.empty(), hurry]))
  for (const hold of holds.all()) holds.abort(hold, 'stopping')
  await within(graceTime, holds.empty())
  for (const hold of holds.all()) holds.end(hold, returned('stopping'))
  await within(LAST_WORDS_MS, results.idle())
  await within(LAST_WORDS_MS, attempt(stopReading()))
  setState('stopped')
  await within(LAST_WORDS_MS, attempt(beats.last()))
}

/** The process ends soon, so a failure changes nothing. */
const attempt = (work: Promise<void>) => work.catch(() => undefined)
