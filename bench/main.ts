// `npm run bench [name …]` runs the named benchmarks, or all of them. It prints a table, stores the figures in bench/results.json,
// and makes docs/benchmarks.md and its charts from them. `--render` only makes the page and the charts, `--check` only compares them
// with the stored figures, and `--quick` only shows whether the benchmarks work: it runs a twentieth of the work once and stores
// nothing.
import { parseArgs } from 'node:util'
import { COMPILED } from '../deploy/local/paths.ts'
import { loadBenchmarks } from './harness/load-benchmarks.ts'
import { runBenchmark } from './harness/run.ts'
import { asColumns, GOAL_COLUMNS, goalRows, ranOn } from './report/format.ts'
import { writeOrCheckPage } from './report/page.ts'
import { highestPeaks, type Results, readResults, storeResult } from './report/results.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean' },
    render: { type: 'boolean' },
    quick: { type: 'boolean', default: false },
  },
})

/** Runs the wanted benchmarks. A benchmark that fails does not stop the others. */
async function measure(): Promise<void> {
  const measured: Results = {}
  for (const benchmark of await loadBenchmarks(positionals)) {
    process.stderr.write(`${benchmark.name}: ${benchmark.work}\n`)
    const peaks = highestPeaks({ ...(await readResults()), ...measured })
    try {
      const result = await runBenchmark(benchmark, values.quick, peaks)
      measured[benchmark.name] = result
      if (!values.quick) await storeResult(benchmark.name, result)
    } catch (error) {
      console.error(`${benchmark.name} failed:`, error)
      process.exitCode = 1
    }
  }
  const rows = Object.entries(measured).flatMap(([name, result]) => goalRows(name, result))
  console.log(asColumns([GOAL_COLUMNS, ...rows]))
  for (const line of new Set(Object.values(measured).flatMap(ranOn))) console.log(line)
  if (!values.quick && rows.some(row => row.includes('missed'))) process.exitCode = 1
}

// As the services of `npm start` do, those of the benchmarks find their modules compiled.
process.env.NODE_COMPILE_CACHE ??= COMPILED
if (!values.check && !values.render) await measure()
if (!values.quick) await writeOrCheckPage(await readResults())
