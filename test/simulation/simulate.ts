// Simulates the services, see docs/architecture.md: `npm run simulate -- --seeds 1000`
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { mutants } from './mutants/mutants.ts'
import { findMutant } from './run/find-mutant.ts'
import { simulateSeeds } from './run/simulate-seeds.ts'
import { runSeed } from './run-seed.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    mutants: { type: 'boolean', default: false },
  },
})
const [seeds, from, jobs] = [Number(values.seeds), Number(values.from), Number(values.jobs)]

if (values.mutants) await showMutants()
else if (values.seed !== undefined) await showSeed(Number(values.seed))
else await showSeeds()

/** Simulates one seed, on request with everything that happens. */
async function showSeed(seed: number): Promise<void> {
  const print = values.trace ? (line: string) => console.log(line) : undefined
  const log = pino({ level: values.trace ? 'warn' : 'silent' }, { write: line => process.stdout.write(line) })
  const { differences, hash, counts } = await runSeed(seed, print, log)
  console.log(`seed ${seed}: hash ${hash}, ${JSON.stringify(counts)}`)
  for (const difference of differences) console.log(`difference: ${difference}`)
  if (differences.length > 0) process.exitCode = 1
}

async function showSeeds(): Promise<void> {
  const began = performance.now()
  const total = { seeds: 0, failing: 0, steps: 0, crashes: 0, outages: 0, lost: 0, commands: 0 }
  await simulateSeeds({
    ...{ from, seeds, jobs },
    onOutcome({ seed, differences, counts }) {
      total.seeds += 1
      for (const [name, count] of Object.entries(counts)) total[name as keyof typeof counts] += count
      if (differences.length > 0) {
        total.failing += 1
        console.log(
          `seed ${seed}: ${differences.length} differences; npm run simulate -- --seed ${seed} --trace`,
        )
        for (const difference of differences.slice(0, 5)) console.log(`  ${difference}`)
      }
      if (total.seeds % 1000 === 0)
        console.log(`${total.seeds} of ${seeds} seeds, ${total.failing} with differences`)
      return false
    },
  })
  const seconds = Math.round((performance.now() - began) / 1000)
  const { failing, crashes, outages, lost, commands, steps } = total
  console.log(
    `seeds ${from} to ${from + seeds - 1}: ${total.seeds} simulated, ${failing} with differences; ${commands} commands, ` +
      `${crashes} crashes, ${outages} outages, ${lost} lost answers, ${steps} events, ${seconds} s`,
  )
  if (failing > 0 || total.seeds < seeds) process.exitCode = 1
}

/** Shows for each inserted bug after how many seeds it is found. */
async function showMutants(): Promise<void> {
  for (const mutant of mutants) {
    const found = await findMutant(mutant, { from, seeds, jobs })
    if (found === undefined) process.exitCode = 1
    const after = found === undefined ? `not found by ${seeds} seeds` : `found by seed ${found.seed}`
    console.log(`${mutant.name}: ${after}${found === undefined ? '' : `\n  ${found.difference}`}`)
  }
}
