import { LONG } from '@daybook/shared/testing'
import t, { test } from 'tap'
import { mutants } from './mutants/mutants.ts'
import { findMutant } from './run/find-mutant.ts'

// Only CPU time counts here, and other test files share the cores.
t.setTimeout(600_000)

// Some bugs need two rare faults at once. Without LONG, the search begins at the seed that is known to find the bug.
const SEEDS = 3000

for (const mutant of mutants)
  test(`the simulation finds that ${mutant.name}`, async t => {
    const range = LONG ? { from: 1, jobs: 2 } : { from: mutant.foundBy, jobs: 1 }
    const found = await findMutant(mutant, { ...range, seeds: SEEDS })
    t.ok(found, `found by seed ${found?.seed}: ${found?.difference}`)
  })
