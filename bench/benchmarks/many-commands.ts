import type { Benchmark, Figures } from '../harness/benchmark.ts'
import { openLoad } from '../harness/load.ts'
import { openPublished } from '../harness/published.ts'
import { createTasks, makeUsers, poll } from '../harness/task-load.ts'
import { heapInUse, inspectable } from '../heap.ts'
import { samplesBelow } from '../processes.ts'

const PARTS = 4
const COMMANDS_PER_PART = 50_000
const CONNECTIONS = 64
const USERS = 1000
const grownAfter = (what: string, parts: number) =>
  `${what} after ${(parts * COMMANDS_PER_PART).toLocaleString('en')} / ${COMMANDS_PER_PART.toLocaleString('en')}`

export const benchmark: Benchmark = {
  name: 'many-commands',
  work: `Whether the memory of one process of tasks stays constant: 64 connections send it ${(PARTS * COMMANDS_PER_PART).toLocaleString('en')} commands, half of which create a task and half complete one. Heap is what is in use after a garbage collection, resident is what the process occupies then. 1 is no growth.`,
  rounds: 1,
  onlyWhenNamed: true,
  goals: [
    { figure: grownAfter('heap', PARTS), atMost: 1.1 },
    { figure: grownAfter('resident', PARTS), atMost: 1.1 },
  ],
  async subjects(bench) {
    const run = async (): Promise<Figures> => {
      const { env, port } = await inspectable()
      const tasks = await bench.start('tasks', env)
      const load = await openLoad(tasks.url, CONNECTIONS)
      bench.defer(load.close)
      const published = await openPublished((await bench.kafka()).brokers)
      bench.defer(published.close)
      const users = await makeUsers(USERS)
      const figures: Figures = {}
      for (let part = 1; part <= PARTS; part += 1) {
        await load.flood(await createTasks(load, users, bench.scaled(COMMANDS_PER_PART / 2)))
        await poll(async () => (await published.count()) >= part * bench.scaled(COMMANDS_PER_PART))
        const heap = await heapInUse(port)
        const resident = ((await samplesBelow(process.pid)).get(tasks.pid)?.memory ?? Number.NaN) / 1e6
        bench.report(`${part * COMMANDS_PER_PART} commands: heap ${heap} MB, resident ${resident} MB`)
        if (part === 1) Object.assign(figures, { 'heap MB': heap, 'resident MB': resident })
        else {
          figures[grownAfter('heap', part)] = heap / (figures['heap MB'] as number)
          figures[grownAfter('resident', part)] = resident / (figures['resident MB'] as number)
        }
      }
      return figures
    }
    return [{ name: 'Daybook', run }]
  },
}
