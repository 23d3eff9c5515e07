import type { Mutant } from '../mutants/mutants.ts'
import { simulateSeeds } from './simulate-seeds.ts'

/** The seed that finds a bug, how many were needed, and what it found. */
export interface FoundMutant {
  seed: number
  seeds: number
  difference: string
}

/** Simulates seeds, from 1, until one finds a bug. @returns undefined if none of them does */
export async function findMutant(
  mutant: Mutant,
  { seeds, jobs }: { seeds: number; jobs: number },
): Promise<FoundMutant | undefined> {
  let found: FoundMutant | undefined
  await simulateSeeds({
    ...{ from: 1, seeds, jobs, mutant },
    onOutcome({ seed, differences: [difference] }) {
      if (difference === undefined) return false
      found = { seed, seeds: seed, difference }
      return true
    },
  })
  return found
}
