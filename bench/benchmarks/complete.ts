import type { Bench, Benchmark, Figures } from '../harness/benchmark.ts'
import { type LoadClient, type LoadRequest, openLoad } from '../harness/load.ts'
import { percentile } from '../harness/median.ts'
import { openPublished } from '../harness/published.ts'
import { startReference } from '../harness/references.ts'
import { createTasks, makeUsers, poll } from '../harness/task-load.ts'
import { cpuOf } from '../processes.ts'

const REQUESTS = 12_000
const WARM_UP = 1000
const CONNECTIONS = 64
const USERS = 1000
const ROUNDS = 3
const REFERENCE = 'plain Fastify server'
// The processes whose CPU time for each request is shown. All but MongoDB do nothing for the reference.
const PROCESSES = ['tasks', 'MongoDB', 'reporting', 'Kafka']

export const benchmark: Benchmark = {
  name: 'complete',
  work: '64 connections complete tasks with POST /tasks/{id}/complete: one process of tasks, with reporting and scheduler running.',
  rounds: ROUNDS,
  goals: [
    { figure: 'requests/s', against: REFERENCE, atLeast: 3 },
    { figure: 'p99 ms', against: REFERENCE, atMost: 1 },
  ],
  subjects: async bench => [
    { name: 'Daybook', run: await daybook(bench) },
    {
      name: REFERENCE,
      does: 'one conditional update with `j: true` for each request and nothing else: no token, no validation, no event',
      run: await reference(bench),
    },
  ],
}

async function daybook(bench: Bench): Promise<() => Promise<Figures>> {
  const services = [bench.start('tasks'), bench.start('reporting'), bench.start('scheduler')] as const
  const [tasks] = await Promise.all(services)
  const load = await openLoad(tasks.url, CONNECTIONS)
  bench.defer(load.close)
  const users = await makeUsers(USERS)
  const published = await openPublished((await bench.kafka()).brokers)
  bench.defer(published.close)
  let events = 0
  return async () => {
    const count = bench.scaled(REQUESTS) + WARM_UP
    bench.report(`creating ${count} tasks`)
    const requests = await createTasks(load, users, count)
    events += count
    await poll(async () => (await published.count()) >= events)
    events += count
    return measure(load, requests, PROCESSES)
  }
}

async function reference(bench: Bench): Promise<() => Promise<Figures>> {
  const { uri } = await bench.mongo()
  const count = bench.scaled(REQUESTS) + WARM_UP
  const server = startReference(bench, 'complete', { uri, database: 'reference', tasks: count * ROUNDS })
  const { url } = await server.next<{ url: string }>()
  const load = await openLoad(url, CONNECTIONS)
  bench.defer(load.close)
  let completed = 0
  return () => {
    const requests = Array.from({ length: count }, (_, i) => ({
      method: 'POST' as const,
      path: `/tasks/task-${completed + i}/complete`,
    }))
    completed += count
    return measure(load, requests, ['MongoDB'])
  }
}

async function measure(load: LoadClient, requests: LoadRequest[], processes: string[]): Promise<Figures> {
  await load.flood(requests.slice(0, WARM_UP))
  const [{ latencies, seconds }, cpu] = await cpuOf(() => load.flood(requests.slice(WARM_UP)))
  const microseconds = (name: string) => ((cpu.get(name) ?? Number.NaN) * 1e6) / latencies.length
  return {
    'requests/s': latencies.length / seconds,
    'p50 ms': percentile(latencies, 0.5),
    'p99 ms': percentile(latencies, 0.99),
    ...Object.fromEntries(processes.map(name => [`us of ${name}`, microseconds(name)])),
  }
}
