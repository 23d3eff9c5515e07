import { randomUUID } from 'node:crypto'
import type { ControlEvents, ResultEvents } from '@daybook/shared/events'
import { type Stack, silent } from '@daybook/shared/testing'
import { Registry } from 'prom-client'
import type { Test } from 'tap'
import { openKinds } from '../../src/jobs/kinds/kind-store.ts'
import { openAdmission } from '../../src/jobs/limits/open-admission.ts'
import { applyResults, type Spans } from '../../src/jobs/outcomes/apply-results.ts'
import type { Report } from '../../src/jobs/outcomes/attempts/reports.ts'
import { openOutcomes } from '../../src/jobs/outcomes/open-outcomes.ts'
import type { Job } from '../../src/jobs/stored/job.ts'
import { openJobsBase } from '../../src/jobs/stored/open-jobs-store.ts'
import type { FinishedJob } from '../../src/jobs/stored/signals.ts'
import type { Incident } from '../../src/mail/episode.ts'

const DAY_MS = 86_400_000
export const retention = { succeeded: DAY_MS, failed: DAY_MS, cancelled: DAY_MS, expired: DAY_MS }
export const LEASE_MS = 30_000
/** A time of the broker's clock. */
export const T0 = Date.parse('2026-11-22T10:00:00Z')
export const at = (seconds: number) => new Date(T0 + seconds * 1000)

type Fields = Record<string, unknown>

/** A report as the broker appended it, so many seconds after T0. */
export function report(type: Report['type'], data: Fields, seconds: number): Report {
  return {
    id: randomUUID(),
    type,
    source: '/test',
    subject: String(data.job ?? data.worker ?? ''),
    time: at(seconds).toISOString(),
    data,
    at: at(seconds),
  } as Report
}

export const beat = (
  worker: string,
  seconds: number,
  changes: Partial<ResultEvents['WorkerBeat']['data']> = {},
) =>
  report(
    'WorkerBeat',
    {
      worker,
      name: 'test',
      version: '1',
      lanes: [{ lane: 'default', partitions: [0] }],
      kinds: ['k'],
      slots: 8,
      running: [],
      blockedMs: 0,
      state: 'working',
      ...changes,
    },
    seconds,
  )

export const probe = (seconds: number) => report('LeaseProbe', { scheduler: 's' }, seconds)

/** The part of jobs that follows workers, over MongoDB alone: a test passes it what workers report. */
export async function makeOutcomes(t: Test, stack: Stack) {
  const base = await openJobsBase(stack.db, { log: silent, fail: error => t.fail('failed', { error }) })
  t.teardown(base.stop)
  const kinds = await openKinds(base)
  const beats: Report[] = []
  const told: { type: string; data: ControlEvents['LeaseLost']['data'] }[] = []
  const incidents: Incident[] = []
  const finished: FinishedJob[] = []
  base.signals.on('finished', ones => finished.push(...ones))
  const published: { type: string; data: Fields }[] = []
  let isKafkaAway = false
  const publish = async (topic: string, messages: { value: unknown; headers: unknown }[]) => {
    if (isKafkaAway) throw Object.assign(new Error('no connection'), { name: 'KafkaJSConnectionError' })
    for (const { value, headers } of messages) {
      const event = { type: (headers as { ce_type: string }).ce_type, data: JSON.parse(String(value)) }
      if (topic === 'daybook.jobs.control') told.push(event)
      else if (event.type === 'WorkerBeat') beats.push({ ...event, at: new Date() } as Report)
      else published.push(event)
    }
    return { appendedAt: undefined }
  }
  const pauses: [string, number][] = []
  const admission = openAdmission(base, kinds)
  const outcomes = openOutcomes(base, {
    kafka: { publish, endOffsets: async () => new Map([[0, 0n]]) } as never,
    kinds,
    retention,
    leaseMs: LEASE_MS,
    pause: async (kind, until) => void pauses.push([kind, until]),
    noteOutcomes: admission.noteOutcomes,
    mailer: { report: async ones => void incidents.push(...ones), recovered: async () => {} },
    metrics: new Registry(),
  })
  const { deps, relay } = outcomes
  t.teardown(() => relay.stop())
  const spans: Spans = new Map()
  return {
    ...{
      base,
      kinds,
      admission,
      outcomes,
      deps,
      relay,
      told,
      published,
      beats,
      incidents,
      finished,
      pauses,
      spans,
    },
    /** From now on Kafka can be reached, or not. */
    outage: (isAway: boolean) => {
      isKafkaAway = isAway
    },
    apply: (...reports: Report[]) => applyResults(deps, spans, { partition: 0, reports }, async () => {}),
    job: async (id: string) => (await base.jobs.findById(id).lean<Job>()) as Job,
    worker: async (id: string) => base.workers.findById(id).lean(),
    add: (id: string, changes: Partial<Job> = {}) =>
      base.jobs.collection.insertOne(storedJob(id, changes) as never),
    addMany: (jobs: Job[]) => base.jobs.collection.insertMany(jobs as never[]),
  }
}

/** A job whose first attempt is sent, and may start until 15 s after T0. */
export const storedJob = (id: string, changes: Partial<Job> = {}): Job => ({
  _id: id,
  kind: 'k',
  lane: 'default',
  data: '{}',
  owner: 'test',
  priority: 3,
  rank: at(0),
  state: 'sent',
  addedAt: at(0),
  dueAt: at(0),
  attempt: 1,
  failures: 0,
  crashes: 0,
  sentAt: at(0),
  startBy: at(15),
  ...changes,
})

export const attemptOf = (worker: string, job: string, attempt = 1) => ({ worker, job, attempt })
