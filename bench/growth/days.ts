import { join } from 'node:path'
import { completions, fillProjection } from '../days/completions.ts'
import { openDayBench } from '../days/reporting.ts'
import type { Bench } from '../harness/benchmark.ts'
import { median } from '../harness/median.ts'

const TASKS = 20

/** @returns the microseconds that a user costs from EndOfDay to DayReported, for each number of users: the median of the runs */
export async function costOfUsers(bench: Bench, sizes: { users: number; runs: number }[]): Promise<number[]> {
  const { uri } = await bench.mongo()
  const day = await openDayBench(bench)
  const costs: number[] = []
  for (const { users, runs } of sizes) {
    const database = `days-${users}`
    bench.report(`storing ${users * TASKS} completions`)
    await fillProjection(uri, database, completions(users, 0, users * TASKS))
    const seconds: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const dir = join(bench.dir, `${database}-${run}`)
      const reporting = await day.start({ database, dir, taskFiles: false, processes: 1 })
      seconds.push(await day.report())
      await reporting.stop()
    }
    costs.push((median(seconds) * 1e6) / users)
    bench.report(`${users} users: ${seconds.map(s => s.toFixed(1)).join(', ')} s`)
  }
  return costs
}
