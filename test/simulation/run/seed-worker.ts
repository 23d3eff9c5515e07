import { parentPort, workerData } from 'node:worker_threads'
import { insertMutant } from '../mutants/insert.ts'
import type { Mutant } from '../mutants/mutants.ts'
import type { Outcome } from '../run-seed.ts'

/** Which seeds a worker simulates: every `step`-th from `from`, below `to`. */
export interface Share {
  from: number
  to: number
  step: number
  mutant: Mutant | undefined
}

// Messages cost more than a seed, so several outcomes share one.
const AT_ONCE = 20

const { from, to, step, mutant } = workerData as Share
// Before the services are loaded.
const checkInserted = mutant && insertMutant(mutant)
const { runSeed } = await import('../run-seed.ts')
checkInserted?.()
let outcomes: Outcome[] = []
for (let seed = from; seed < to; seed += step) {
  const outcome = await runSeed(seed)
  outcomes.push(outcome)
  if (outcomes.length < AT_ONCE && outcome.differences.length === 0) continue
  parentPort?.postMessage(outcomes)
  outcomes = []
}
parentPort?.postMessage(outcomes)
