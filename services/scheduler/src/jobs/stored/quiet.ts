import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'

/**
 * Knows when looking for jobs finds nothing to do: there is no other scheduler, no worker and no open job. Then only this process
 * can add a job or get to know a worker, and both end the quiet.
 */
export interface Quiet {
  isQuiet: () => boolean
  /** Whether this process is the only scheduler, as far as it knows: it notices another one that joins within seconds. */
  isAlone: () => boolean
  /** Notes whether this process is the only scheduler. At first it is not. */
  noteAlone: (isAlone: boolean) => void
  /** Ends the quiet: a job may be open, or a worker is there. */
  end: () => void
  /** @param wake called when the quiet ends */
  onEnd: (wake: () => void) => void
  stop: () => Promise<void>
}

/**
 * Milliseconds between two questions to the store, which find a job whose storing seemed to fail. While all is quiet, the time
 * grows up to six times as long.
 */
const ASK_EVERY_MS = 5000
// For how long a loop rests that is woken when the quiet ends.
const REST_MS = 60_000

/** @param hasWork asks the store whether a job is open or a worker is there */
export function startQuiet(
  hasWork: () => Promise<boolean>,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): Quiet {
  const wakes: (() => void)[] = []
  const stopping = new AbortController()
  const pause = growingPause(ASK_EVERY_MS)
  let [isAlone, isQuiet, ends] = [false, false, 0]

  function end(): void {
    ends += 1
    pause.shorten()
    if (!isQuiet) return
    isQuiet = false
    for (const wake of wakes) wake()
  }
  const ask = () => waitOut('looking for open jobs', hasWork, { log, signal: stopping.signal, onWait: end })

  const loop = startLoop(async () => {
    const before = ends
    if (!isAlone || (await ask())) end()
    // A job that was added since then may not be among those that were found.
    else isQuiet = isAlone && ends === before
    if (isQuiet) pause.lengthen()
    return pause.ms()
  }, fail)
  return {
    isQuiet: () => isQuiet,
    isAlone: () => isAlone,
    noteAlone(alone) {
      isAlone = alone
      if (!alone) end()
    },
    end,
    onEnd: wake => void wakes.push(wake),
    async stop() {
      stopping.abort()
      await loop.stop()
    },
  }
}

/** Starts a loop that does something with open jobs or workers. It rests while all is quiet. */
export function startUnlessQuiet(
  { quiet, fail }: { quiet: Pick<Quiet, 'isQuiet' | 'onEnd'>; fail: (error: Error) => void },
  turn: () => Promise<number>,
): Loop {
  const loop = startLoop(async () => (quiet.isQuiet() ? REST_MS : turn()), fail)
  quiet.onEnd(loop.wake)
  return loop
}
