import type { Mutant } from '../mutants/mutants.ts'
import { simulateSeeds } from './simulate-seeds.ts'

/** The seed that finds a bug, how many were needed, and what it found. */
export interface FoundMutant {
  seed: number
  seeds: number
  difference: string
}

/**
 * Simulates seeds, from 1, until one finds a bug.
 * @returns undefined if none of them does
 * @throws if the same seed finds something without the bug
 */
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
  if (found !== undefined) await checkClean(found.seed)
  return found
}

async function checkClean(from: number): Promise<void> {
  const differences: string[] = []
  await simulateSeeds({
    ...{ from, seeds: 1, jobs: 1 },
    onOutcome: outcome => void differences.push(...outcome.differences),
  })
  if (differences.length > 0) throw new Error(`Seed ${from} finds without the bug: ${differences[0]}`)
}
