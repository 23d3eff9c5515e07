import { setTimeout as sleep } from 'node:timers/promises'
import type { Bench, Benchmark, Figures } from '../harness/benchmark.ts'
import { accept, type LoadAnswer, type LoadClient, type LoadRequest, openLoad } from '../harness/load.ts'
import { percentile } from '../harness/median.ts'
import { runReference } from '../harness/references.ts'
import { createTasks, type LoadUser, makeUsers } from '../harness/task-load.ts'

const RATE = 500
const REQUESTS = 15_000
const USERS = 1000
const LINGER_MS = 5
const POLL_MS = 2
// Watching a command takes many requests, which cost more than the command. Watching one in 10 of them takes most of a core.
const WATCH_EVERY = 50

export const benchmark: Benchmark = {
  name: 'fresh',
  work: `${RATE} tasks are completed each second, and GET /days is asked for one in ${WATCH_EVERY} of them from its 2xx until it has the completion.`,
  rounds: 3,
  goals: [{ figure: 'p99 ms', atMost: 60 }],
  subjects: async bench => [
    { name: 'Daybook', run: await daybook(bench) },
    {
      name: 'plain kafkajs producer and consumer',
      does: `sends as many records each second, together with those of the same ${LINGER_MS} ms, and reads them: what the way through Kafka costs alone`,
      run: await reference(bench),
    },
  ],
}

async function daybook(bench: Bench): Promise<() => Promise<Figures>> {
  const services = [bench.start('tasks'), bench.start('reporting'), bench.start('scheduler')] as const
  const [{ url }, reporting] = await Promise.all(services)
  const [tasks, days] = [await openLoad(url, 64), await openLoad(reporting.url, 16)]
  bench.defer(tasks.close)
  bench.defer(days.close)
  const users = await makeUsers(USERS)
  return async () => {
    const [first, ...requests] = await createTasks(tasks, users, 1 + bench.scaled(REQUESTS))
    // When it has appeared, the creations are projected too, and are no load beside what is measured.
    await appearance(days, users[0] as LoadUser, await tasks.send(first as LoadRequest))
    const appearances: Promise<number>[] = []
    const { latencies } = await tasks.pace(requests, RATE, (answer, place) => {
      if (place % WATCH_EVERY === 0)
        appearances.push(appearance(days, users[(place + 1) % USERS] as LoadUser, answer))
      else accept(answer)
    })
    const times = await Promise.all(appearances)
    return {
      'p50 ms': percentile(times, 0.5),
      'p99 ms': percentile(times, 0.99),
      'p99 ms of the command': percentile(latencies, 0.99),
    }
  }
}

/** @returns the milliseconds from the answer to a complete until the user's day has the task */
async function appearance(days: LoadClient, { bearer }: LoadUser, completed: LoadAnswer): Promise<number> {
  const began = performance.now()
  accept(completed)
  const { id, completedAt } = JSON.parse(completed.body) as { id: string; completedAt: string }
  const path = `/days/${completedAt.slice(0, 10)}`
  for (;;) {
    const answer = await days.send({ method: 'GET', path, bearer })
    accept(answer)
    if (answer.body.includes(id)) return performance.now() - began
    await sleep(POLL_MS)
  }
}

async function reference(bench: Bench): Promise<() => Promise<Figures>> {
  const { brokers } = await bench.kafka()
  const settings = { brokers, rate: RATE, count: bench.scaled(REQUESTS), lingerMs: LINGER_MS }
  return () => runReference(bench, 'fresh', settings)
}
