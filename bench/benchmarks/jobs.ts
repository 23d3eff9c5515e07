import { setTimeout as sleep } from 'node:timers/promises'
import { client, token } from '@daybook/shared/testing'
import { DAY, TIME_ZONE } from '../days/completions.ts'
import type { Bench, Benchmark } from '../harness/benchmark.ts'
import { type LoadClient, openLoad } from '../harness/load.ts'
import { percentile } from '../harness/median.ts'
import { openPeers } from '../peers/open-peers.ts'
import { startJobsWorker } from '../start-jobs-worker.ts'

const JOBS = 20_000
const BATCH = 1000
const RATE = 200
const AT_RATE = 2000
// A list of waiting jobs takes the scheduler 0.1 s while thousands wait, so asking more often would slow what is measured.
const POLL_MS = 500
const LATENCY = 'p99 from POST to handler, ms'

export const benchmark: Benchmark = {
  name: 'jobs',
  work: '20,000 tiny jobs, from the first request until all outcomes are recorded, with one worker process. Then 200 jobs each second: the time from when a request is due to the start of its handler.',
  rounds: 3,
  goals: [
    { figure: 'jobs/s', against: 'Celery + RabbitMQ', atLeast: 2 },
    { figure: 'jobs/s', against: 'BullMQ', atLeast: 0.7 },
    { figure: LATENCY, atMost: 60 },
  ],
  async subjects(bench) {
    const jobs = bench.scaled(JOBS)
    const { uri } = await bench.mongo()
    const system = await openJobs(bench)
    const work = { work: 'jobs', jobs, uri, database: 'jobs', day: DAY, timeZone: TIME_ZONE } as const
    return [
      {
        name: 'Daybook',
        async run() {
          const seconds = await system.throughput(jobs)
          return { 'jobs/s': jobs / seconds, [LATENCY]: percentile(await system.latencies(), 0.99) }
        },
      },
      ...(await openPeers(bench)).map(({ run, ...peer }) => ({
        ...peer,
        rounds: 2,
        run: async () => ({ 'jobs/s': jobs / (await run(work)) }),
      })),
    ]
  },
}

interface Jobs {
  /** Adds tiny jobs, and waits until the outcomes of all are recorded. @returns the seconds */
  throughput: (count: number) => Promise<number>
  /** Adds single jobs at a constant rate. @returns the milliseconds from when each was due to the start of its handler */
  latencies: () => Promise<number[]>
}

/** Starts a scheduler and one worker, and runs a first job. */
async function openJobs(bench: Bench): Promise<Jobs> {
  const { url } = await bench.start('scheduler', { TIME_ZONES: 'UTC' })
  await startJobsWorker(bench)
  const bearer = await token('bench', { admin: true })
  const api = client(url, bearer)
  await api('/kinds/nothing', { method: 'PUT', body: { lane: 'bench' } })
  await api('/jobs', { body: { kind: 'nothing' }, headers: { prefer: 'wait=60' } })
  const load = await openLoad(url, 8)
  bench.defer(load.close)
  const post = { method: 'POST', bearer } as const

  return {
    async throughput(count) {
      const began = performance.now()
      for (let left = count; left > 0; left -= BATCH) {
        const batch = Array.from({ length: Math.min(left, BATCH) }, () => ({ kind: 'nothing' }))
        const { status } = await api('/jobs/batch', { body: { jobs: batch } })
        if (status !== 202) throw new Error(`POST /jobs/batch answered ${status}`)
      }
      await untilEnded(load, bearer)
      return (performance.now() - began) / 1000
    },
    async latencies() {
      const ids: string[] = []
      const requests = Array.from({ length: AT_RATE }, () => ({
        ...post,
        path: '/jobs',
        body: '{"kind":"nothing"}',
      }))
      const began = Date.now()
      await load.pace(requests, RATE, ({ body }, place) => {
        ids[place] = JSON.parse(body).id
      })
      await untilEnded(load, bearer)
      const started: number[] = []
      const reads = ids.map(id => ({ method: 'GET', bearer, path: `/jobs/${id}` }) as const)
      await load.flood(reads, ({ body }, place) => {
        started[place] = JSON.parse(body).result
      })
      return started.map((at, place) => at - (began + (place * 1000) / RATE))
    },
  }
}

/** Waits until no job waits, is sent or runs. A job passes these states in this order. */
async function untilEnded(load: LoadClient, bearer: string): Promise<void> {
  for (const state of ['waiting', 'sent', 'running']) {
    const request = { method: 'GET', bearer, path: `/jobs?state=${state}&limit=1` } as const
    while (JSON.parse((await load.send(request)).body).jobs.length > 0) await sleep(POLL_MS)
  }
}
