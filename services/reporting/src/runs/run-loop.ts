import { randomUUID } from 'node:crypto'
import { growingPause } from '@daybook/shared/async/growing-pause'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import { advanceRuns } from './advance-runs.ts'
import type { RunDeps } from './run-steps.ts'

// The time between two passes: WAITING_MS while a run waits for offsets, IDLE_MS and more while all runs are done. An idle loop
// finds the runs of processes that have died.
const WAITING_MS = 200
const IDLE_MS = 5000

/** Advances runs until it is stopped. `wake` makes it advance a new run at once. */
export function startRunLoop(
  deps: RunDeps,
  { signal, fail }: { signal: AbortSignal; fail: (error: Error) => void },
): Loop {
  const owner = randomUUID()
  const pass = () => advanceRuns(owner, deps)
  const idle = growingPause(IDLE_MS)
  const loop = startLoop(async () => {
    const { unfinished, advanced } = await waitOut('advancing runs', pass, { log: deps.log, signal })
    idle.looked(unfinished > 0 || advanced > 0)
    if (advanced > 0) return 0
    return unfinished > 0 ? WAITING_MS : idle.ms()
  }, fail)
  return {
    wake: loop.wake,
    async stop() {
      await loop.stop()
      try {
        await deps.runs.release(owner)
      } catch (error) {
        deps.log.warn({ err: error }, 'the leases of runs cannot be released: they expire')
      }
    },
  }
}
