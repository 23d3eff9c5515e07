import { randomUUID } from 'node:crypto'
import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import { advanceRuns, type Pass } from './advance-runs.ts'
import type { RunDeps } from './run-steps.ts'

// The time between two passes: WAITING_MS while work waits for offsets, IDLE_MS and more while all work is done. An idle loop
// finds the work of processes that have died.
const WAITING_MS = 200
const IDLE_MS = 5000

/** Stored work that a loop advances step by step. */
export interface Stored {
  /** What it is, in the plural. */
  what: string
  /** Advances all of it by a step. @param owner names the loop, for its leases */
  pass: (owner: string) => Promise<Pass>
  /** Ends the leases of an owner. */
  release: (owner: string) => Promise<void>
  log: Logger
}

interface Life {
  signal: AbortSignal
  fail: (error: Error) => void
}

/** Advances runs until it is stopped. `wake` makes it advance a new run at once. */
export function startRunLoop(deps: RunDeps, life: Life): Loop {
  const pass = (owner: string) => advanceRuns(owner, deps)
  return startPasses({ what: 'runs', pass, release: deps.runs.release, log: deps.log }, life)
}

/** Advances stored work until it is stopped. `wake` makes it advance new work at once. */
export function startPasses({ what, pass, release, log }: Stored, { signal, fail }: Life): Loop {
  const owner = randomUUID()
  const idle = growingPause(IDLE_MS)
  const loop = startLoop(async () => {
    const { unfinished, advanced } = await waitOut(`advancing ${what}`, () => pass(owner), { log, signal })
    idle.looked(unfinished > 0 || advanced > 0)
    if (advanced > 0) return 0
    return unfinished > 0 ? WAITING_MS : idle.ms()
  }, fail)
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop()
      try {
        await release(owner)
      } catch (error) {
        log.warn({ err: error }, `the leases of ${what} cannot be released: they expire`)
      }
    },
  }
}
