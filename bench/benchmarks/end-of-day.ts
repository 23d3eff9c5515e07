import { join } from 'node:path'
import { completions, DAY, fillProjection, TIME_ZONE } from '../days/completions.ts'
import { newFolders, SameFiles } from '../days/files.ts'
import { openDayBench } from '../days/reporting.ts'
import type { Benchmark } from '../harness/benchmark.ts'
import { runReference } from '../harness/references.ts'

const USERS = 10_000
const TASKS = 20
const REFERENCE = 'one plain program'
const database = 'days'

export const benchmark: Benchmark = {
  name: 'end-of-day',
  work: 'The user logs of a day with 10,000 users and 20 tasks of each, from EndOfDay to DayReported. All programs must write the same bytes.',
  rounds: 3,
  goals: [{ figure: 'seconds', against: REFERENCE, atMost: 1.3 }],
  async subjects(bench) {
    const users = bench.scaled(USERS)
    const { uri } = await bench.mongo()
    await fillProjection(uri, database, completions(users, 0, users * TASKS))
    const day = await openDayBench(bench)
    const files = new SameFiles()
    const newDir = newFolders(bench.dir)
    const figures = (seconds: number) => ({ seconds, 'users/s': users / seconds })
    return [
      {
        name: 'Daybook',
        async run() {
          const dir = newDir()
          const reporting = await day.start({ database, dir, taskFiles: false, processes: 1 })
          const seconds = await day.report()
          await reporting.stop()
          files.check('Daybook', join(dir, DAY))
          return figures(seconds)
        },
      },
      {
        name: REFERENCE,
        does: 'reads the completions once in the order of users, and writes, flushes and renames every file, 64 at once',
        async run() {
          const dir = newDir()
          const settings = { uri, database, dir, day: DAY, timeZone: TIME_ZONE, taskFiles: false }
          const { seconds = 0 } = await runReference(bench, 'end-of-day', settings)
          files.check(REFERENCE, join(dir, DAY))
          return figures(seconds)
        },
      },
    ]
  },
}
