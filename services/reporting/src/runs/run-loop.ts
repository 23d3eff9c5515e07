import { randomUUID } from 'node:crypto'
import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import { advanceRuns } from './advance-runs.ts'
import type { RunDeps } from './run-steps.ts'

// Milliseconds between two passes: while a run waits for offsets; and while there is nothing to do, to find runs whose
// process has died.
const WAITING = 200
const IDLE = 5000

/** Advances runs until it is stopped. `wake` makes it advance a new run at once. */
export function startRunLoop(
  deps: RunDeps,
  { signal, fail }: { signal: AbortSignal; fail: (error: Error) => void },
): Loop {
  const owner = randomUUID()
  const pass = () => advanceRuns(owner, deps)
  const loop = startLoop(async () => {
    const { unfinished, advanced } = await waitOut('advancing runs', pass, { log: deps.log, signal })
    if (advanced > 0) return 0
    return unfinished > 0 ? WAITING : IDLE
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
