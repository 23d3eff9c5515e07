import { client, token } from '@daybook/shared/testing'
import type { Bench, Benchmark, Figures, ServiceName } from '../harness/benchmark.ts'
import { accept, type LoadRequest, openLoad } from '../harness/load.ts'
import { completion, creation, type LoadUser, makeUsers } from '../harness/task-load.ts'
import { heapInUse, inspectable } from '../heap.ts'
import { startJobsWorker } from '../start-jobs-worker.ts'

// What a service may use at most, in MB.
const limits: Record<ServiceName, number> = { tasks: 200, reporting: 250, scheduler: 200 }
const services = Object.keys(limits) as ServiceName[]
const PERIODS = 18
const PERIOD_S = 10
const RATE = 50
const USERS = 100
const SCHEDULES = 50
const JOBS = 100

/** Steady work on a whole stack. */
interface Work {
  /** Does the work of so many seconds. */
  period: () => Promise<void>
  /** The heap of each service in MB, after a garbage collection. */
  heaps: () => Promise<Record<string, number>>
}

export const benchmark: Benchmark = {
  name: 'memory',
  work: `The peak memory of each service in all benchmarks, in MB, and how its heap grows under steady work: in ${(PERIODS * PERIOD_S) / 60} minutes ${RATE} tasks a second are created and completed, a day is ended and ${JOBS} jobs are run every ${PERIOD_S} s, and ${SCHEDULES} schedules fire each second. Growth is the heap after the last minute in relation to the heap after the first.`,
  rounds: 1,
  last: true,
  goals: services.flatMap(service => [
    { figure: `${service} MB`, atMost: limits[service] },
    { figure: `${service} growth`, atMost: 1.1 },
  ]),
  async subjects(bench) {
    const run = async (): Promise<Figures> => {
      const { period, heaps } = await startWork(bench)
      const periods = bench.scaled(PERIODS)
      const early = Math.ceil(periods / 3)
      for (let done = 0; done < early; done += 1) await period()
      const before = await heaps()
      for (let done = early; done < periods; done += 1) await period()
      const after = await heaps()
      const peaks = bench.peaks()
      return Object.fromEntries(
        services.flatMap(service => [
          [`${service} MB`, peaks[service] ?? Number.NaN],
          [`${service} heap MB`, after[service] ?? Number.NaN],
          [`${service} growth`, (after[service] ?? Number.NaN) / (before[service] ?? Number.NaN)],
        ]),
      )
    }
    return [{ name: 'Daybook', run }]
  },
}

async function startWork(bench: Bench): Promise<Work> {
  const started = new Map(
    await Promise.all(
      services.map(async service => {
        const { env, port } = await inspectable()
        return [service, { port, ...(await bench.start(service, { TIME_ZONES: 'UTC', ...env })) }] as const
      }),
    ),
  )
  const urlOf = (service: ServiceName) => started.get(service)?.url ?? ''
  const operator = client(urlOf('scheduler'), await token('operator', { admin: true }))
  await startJobsWorker(bench)
  await operator('/kinds/nothing', { method: 'PUT', body: { lane: 'bench' } })
  for (let i = 0; i < SCHEDULES; i += 1)
    await operator(`/schedules/s${i}`, { method: 'PUT', body: { every: 'PT1S' } })
  const tasks = await openLoad(urlOf('tasks'), 16)
  bench.defer(tasks.close)
  const users = await makeUsers(USERS)
  let completions: LoadRequest[] = []

  async function createAndComplete(): Promise<void> {
    const owners = Array.from({ length: RATE * PERIOD_S }, (_, i) => users[i % USERS] as LoadUser)
    const next: LoadRequest[] = []
    const creating = tasks.pace(owners.map(creation), RATE, (answer, place) => {
      accept(answer)
      next.push(completion(owners[place] as LoadUser, answer.body))
    })
    await Promise.all([creating, tasks.pace(completions, RATE)])
    completions = next
  }

  return {
    async period() {
      const jobs = { jobs: Array.from({ length: JOBS }, () => ({ kind: 'nothing' })) }
      for (const { status } of [
        await operator('/jobs/batch', { body: jobs }),
        await operator('/end-of-day', { body: {} }),
      ])
        if (status !== 202) throw new Error(`the scheduler answered ${status}`)
      await createAndComplete()
    },
    heaps: async () =>
      Object.fromEntries(
        await Promise.all(
          [...started].map(async ([service, { port }]) => [service, await heapInUse(port)] as const),
        ),
      ),
  }
}
