import t, { test } from 'tap'
import { mutants } from './mutants/mutants.ts'
import { findMutant } from './run/find-mutant.ts'

// Only CPU time counts here, and other test files share the cores.
t.setTimeout(600_000)

// Some bugs need two rare faults at once.
const SEEDS = 3000

for (const mutant of mutants)
  test(`the simulation finds that ${mutant.name}`, async t => {
    const found = await findMutant(mutant, { seeds: SEEDS, jobs: 2 })
    t.ok(found, `found by seed ${found?.seed}: ${found?.difference}`)
  })
