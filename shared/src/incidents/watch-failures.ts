import type { Logger } from 'pino'
import { type Loop, startLoop } from '../async/loop.ts'
import { isOutage } from '../failures/outage.ts'
import type { Failure, Teller } from './failure.ts'

/** Failures of a few topics, as the store knows them. */
export interface Watched<One extends Failure = Failure> {
  /** All topics. One without failures is over. */
  abouts: readonly string[]
  /**
   * Finds what fails now: of each topic the newest failures, oldest first. At most MAX_FAILURES, so that the mailer recognises
   * all that are told again.
   */
  find: (now: Date) => Promise<One[]>
  /** Logs a failure that the look before did not find. */
  logNew?: (failure: One) => void
}

interface Options {
  log: Logger
  /** Milliseconds within which a failure should be found; default: ten seconds. */
  within?: number
}

export const MAX_FAILURES = 500
const LONGEST_MS = 10_000
const REPEAT_MS = 3_600_000

/**
 * Looks again and again for failures in the store, and tells people about those that are new and about topics that are over. It
 * stands beside the work that fails: telling can neither delay nor fail it, and what a crash or an outage keeps from being told
 * is found by a later look. Any number of processes may watch the same failures.
 */
export function watchFailures<One extends Failure>(
  { abouts, find, logNew }: Watched<One>,
  teller: Teller,
  { log, within = LONGEST_MS }: Options,
): Pick<Loop, 'stop'> {
  const tellChanges = changesTo(teller, abouts)
  let known = new Set<string>()
  let isTelling = false
  let isFirst = true

  async function tell(failures: readonly One[], now: Date): Promise<void> {
    if (isTelling) return
    isTelling = true
    await tellChanges(failures, now).catch(noteTrouble)
    isTelling = false
  }

  async function look(now: Date): Promise<void> {
    const failures = await find(now)
    for (const one of failures) if (!known.has(keyOf(one))) logNew?.(one)
    known = new Set(failures.map(keyOf))
    // Not awaited: while Kafka is away, new failures are logged, and the process can stop.
    void tell(failures, now)
  }

  /** In an outage, a later look finds and tells the same. */
  function noteTrouble(error: Error): void {
    if (!isOutage(error)) log.error({ err: error }, 'failures cannot be told: they are told later')
  }

  return startLoop(async () => {
    // The first turn looks at nothing, because after a start the work of a downtime is still to be done.
    if (!isFirst) await look(new Date()).catch(noteTrouble)
    isFirst = false
    return Math.min(within, LONGEST_MS)
  }, noteTrouble)
}

/**
 * Makes a function that tells what has changed since it last succeeded. It tells everything once an hour: after a loss of the
 * topic, or of the process that would have told the end, people know the truth again. A repeat changes nothing.
 */
function changesTo(teller: Teller, abouts: readonly string[]) {
  let told = new Set<string>()
  let over = new Set<string>()
  let repeatAt = 0
  return async (failures: readonly Failure[], now: Date): Promise<void> => {
    const isRepeat = now.getTime() >= repeatAt
    const failing = new Set(failures.map(({ about }) => about))
    const ended = abouts.filter(about => !failing.has(about))
    const newFailures = failures.filter(one => isRepeat || !told.has(keyOf(one)))
    const newlyOver = ended.filter(about => isRepeat || !over.has(about))
    if (newFailures.length > 0) await teller.failed(newFailures)
    if (newlyOver.length > 0) await teller.over(newlyOver.map(about => ({ about, at: now })))
    told = new Set(failures.map(keyOf))
    over = new Set(ended)
    if (isRepeat) repeatAt = now.getTime() + REPEAT_MS
  }
}

const keyOf = ({ about, subject, at, error }: Failure) => JSON.stringify([about, subject, at, error])
