import { LONG } from '@daybook/shared/testing'
import t, { test } from 'tap'
import { mutants } from './mutants/mutants.ts'
import { findMutant } from './run/find-mutant.ts'

// Only CPU time counts here, and other test files share the cores.
t.setTimeout(600_000)

// Some bugs need two rare faults at once. Without LONG, the search for one bug begins at the seed that is known to find it.
const SEEDS = 5000
const range = (foundBy: number) => (LONG ? { from: 1, jobs: 2 } : { from: foundBy, jobs: 1 })

for (const mutant of LONG ? mutants : mutants.slice(0, 1))
  test(`the simulation finds that ${mutant.name}`, async t => {
    const found = await findMutant(mutant, { ...range(mutant.foundBy), seeds: SEEDS })
    t.ok(found, `found by seed ${found?.seed}: ${found?.difference}`)
  })
