import type { Mutant } from '../mutants/mutants.ts'
import { simulateSeeds } from './simulate-seeds.ts'

/** The seed that finds a bug, and what it found. */
export interface FoundMutant {
  seed: number
  difference: string
}

/**
 * Simulates seeds until one finds a bug.
 * @returns undefined if none of them does
 * @throws if the same seed finds something without the bug
 */
export async function findMutant(
  mutant: Mutant,
  range: { from: number; seeds: number; jobs: number },
): Promise<FoundMutant | undefined> {
  let found: FoundMutant | undefined
  await simulateSeeds({
    ...{ ...range, mutant },
    onOutcome({ seed, differences: [difference] }) {
      if (difference === undefined) return false
      found = { seed, difference }
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
