import { fileURLToPath } from 'node:url'
import { connectKafka, hasPassed } from '@daybook/shared/kafka'
import { silent, spawnProgram } from '@daybook/shared/testing'
import type { Bench, Benchmark, Figures } from '../harness/benchmark.ts'
import { openLoad } from '../harness/load.ts'
import { createTasks, makeUsers, poll } from '../harness/task-load.ts'
import { samplesBelow } from '../processes.ts'

const COMMANDS = 12_000
const ROUNDS = 3
const CONNECTIONS = 64
const USERS = 1000
const DATABASE = 'states'
const GROUP = 'bench-states'
const TOPIC = 'daybook.tasks'

export const benchmark: Benchmark = {
  name: 'states',
  work: `What daybook.tasks.state costs: 64 connections complete tasks, and a process beside tasks publishes their states once more, with the code of tasks. Its CPU time is that of reading the events, loading the tasks and publishing the states. "us of tasks" is all that tasks does for a command, its own publishing of the states included.`,
  rounds: ROUNDS,
  goals: [{ figure: 'states / tasks', atMost: 0.3 }],
  async subjects(bench) {
    const tasks = await bench.start('tasks', { MONGODB_DATABASE: DATABASE })
    const states = await startStates(bench)
    const load = await openLoad(tasks.url, CONNECTIONS)
    bench.defer(load.close)
    const users = await makeUsers(USERS)
    const run = async (): Promise<Figures> => {
      const requests = await createTasks(load, users, bench.scaled(COMMANDS))
      await states.caughtUp()
      const before = await samplesBelow(process.pid)
      await load.flood(requests)
      await states.caughtUp()
      const after = await samplesBelow(process.pid)
      const us = (pid: number) =>
        (((after.get(pid)?.cpu ?? Number.NaN) - (before.get(pid)?.cpu ?? Number.NaN)) * 1e6) / requests.length
      const [ofStates, ofTasks] = [us(states.pid), us(tasks.pid)]
      return { 'us of states': ofStates, 'us of tasks': ofTasks, 'states / tasks': ofStates / ofTasks }
    }
    return [{ name: 'Daybook', run }]
  },
}

/** Starts states-consumer.ts. `caughtUp` resolves when it and tasks have handled all published events. */
async function startStates(bench: Bench) {
  const [{ uri }, { brokers }] = await Promise.all([bench.mongo(), bench.kafka()])
  const settings = JSON.stringify({ uri, database: DATABASE, brokers, group: GROUP })
  const file = fileURLToPath(new URL('../states-consumer.ts', import.meta.url))
  const program = spawnProgram({ teardown: bench.defer }, file, { args: [settings], env: {} })
  program.process.stderr.pipe(process.stderr)
  const onCrash = (error: Error) => bench.report(error.message)
  const kafka = await connectKafka({
    brokers,
    prefix: '',
    service: 'bench',
    topics: [],
    log: silent,
    onCrash,
  })
  bench.defer(() => kafka.close())
  const hasRead = async (group: string) =>
    hasPassed(await kafka.committedOffsets(group, TOPIC), await kafka.endOffsets(TOPIC))
  return {
    pid: program.process.pid as number,
    caughtUp: () => poll(async () => (await hasRead('tasks-state')) && (await hasRead(GROUP))),
  }
}
