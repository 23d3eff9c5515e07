import { LONG } from '@daybook/shared/testing'
import t, { test } from 'tap'
import { simulateSeeds } from './run/simulate-seeds.ts'
import type { Outcome } from './run-seed.ts'

// Only CPU time counts here, and other test files share the cores.
t.setTimeout(600_000)

const JOBS = 2
const SEEDS = LONG ? 10_000 : 1000

async function outcomesOf(from: number, seeds: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  await simulateSeeds({ from, seeds, jobs: JOBS, onOutcome: outcome => void outcomes.push(outcome) })
  return outcomes.sort((a, b) => a.seed - b.seed)
}

test(`${SEEDS} simulated seeds end as their events say`, async t => {
  const outcomes = await outcomesOf(1, SEEDS)
  t.equal(outcomes.length, SEEDS)
  const failing = outcomes.filter(({ differences }) => differences.length > 0)
  t.strictSame(
    failing.map(({ seed, differences }) => ({
      see: `npm run simulate -- --seed ${seed} --trace`,
      differences,
    })),
    [],
  )
  const sum = (count: keyof Outcome['counts']) => outcomes.reduce((all, { counts }) => all + counts[count], 0)
  for (const count of ['crashes', 'outages', 'lost', 'commands'] as const)
    t.ok(sum(count) > SEEDS / 4, `${sum(count)} ${count}`)
})

test('a seed always gives the same events', async t => {
  const hashesOf = async (from: number) => (await outcomesOf(from, 30)).map(({ hash }) => hash)
  const hashes = await hashesOf(1)
  t.strictSame(await hashesOf(1), hashes)
  t.equal(new Set(hashes).size, 30)
})
