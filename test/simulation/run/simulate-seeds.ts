import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Mutant } from '../mutants/mutants.ts'
import type { Outcome } from '../run-seed.ts'
import type { Share } from './seed-worker.ts'

export interface SeedRange {
  /** The first seed. */
  from: number
  /** How many seeds. */
  seeds: number
  /** How many threads share them. */
  jobs: number
  mutant?: Mutant
  /** Called with each outcome. @returns true to end the simulation */
  onOutcome: (outcome: Outcome) => boolean | undefined
}

/** Simulates seeds on threads of their own, because a simulation replaces the clock. */
export async function simulateSeeds({ from, seeds, jobs, mutant, onOutcome }: SeedRange): Promise<void> {
  const workers = Array.from({ length: jobs }, (_, job) => {
    const share: Share = { from: from + job, to: from + seeds, step: jobs, mutant }
    return new Worker(new URL('seed-worker.ts', import.meta.url), {
      workerData: share,
      // Almost everything is garbage soon, so rare collections are cheap.
      resourceLimits: { maxYoungGenerationSizeMb: 128 },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
  })
  let isOver = false
  const stopAll = () => Promise.all(workers.map(worker => worker.terminate()))
  const ends = workers.map(worker => {
    worker.on('message', (outcomes: Outcome[]) => {
      for (const outcome of outcomes) {
        if (isOver || onOutcome(outcome) !== true) continue
        isOver = true
        void stopAll()
      }
    })
    return once(worker, 'exit')
  })
  try {
    await Promise.all(ends)
  } finally {
    await stopAll()
  }
}
