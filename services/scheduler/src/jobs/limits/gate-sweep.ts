import type { Loop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { startUnlessQuiet } from '../stored/quiet.ts'
import type { AdmissionStores } from './admission-stores.ts'
import { admissionStores } from './admission-stores.ts'
import { releaseGates, releaseHeld } from './release-gates.ts'

const SWEEP_EVERY_MS = 5000
// Tens of thousands of gates take seconds. The pause after a sweep is so many times as long as the sweep.
const PAUSE_FACTOR = 10
const PAGE = 1000

/**
 * Releases held jobs: at once when this process frees their gates, and every 5 s or more rarely those of all gates, because a
 * process can die between the end of an attempt and the release. Any number of processes may do so at once.
 */
export function startGateSweep(
  base: Pick<JobsBase, 'connection' | 'jobs' | 'signals' | 'quiet' | 'fail'>,
  kinds: AdmissionStores['kinds'],
): Pick<Loop, 'stop'> {
  const stores = admissionStores(base, kinds)
  const freed = new Set<string>()
  let nextSweep = Number.NEGATIVE_INFINITY

  async function releaseFreed(): Promise<void> {
    const gates = [...freed]
    freed.clear()
    tell(await releaseGates(stores, gates))
  }

  function tell(released: number): void {
    if (released > 0) base.signals.emit('work', undefined)
  }

  async function sweep(): Promise<void> {
    const began = performance.now()
    for await (const page of stores.gates.pagesOfHeld(PAGE)) {
      tell(await releaseHeld(stores, page))
      // A long sweep must not make freed gates wait.
      await releaseFreed()
    }
    const ended = performance.now()
    nextSweep = ended + Math.max(SWEEP_EVERY_MS, PAUSE_FACTOR * (ended - began))
  }

  const loop = startUnlessQuiet(base, async () => {
    try {
      await releaseFreed()
      if (performance.now() >= nextSweep) await sweep()
    } catch (error) {
      // What was freed meanwhile is found by the next sweep.
      if (!isOutage(error)) throw error
      nextSweep = performance.now()
    }
    return Math.max(100, nextSweep - performance.now())
  })
  base.signals.on('gatesFreed', gates => {
    for (const gate of gates) freed.add(gate)
    loop.wake()
  })
  return loop
}
