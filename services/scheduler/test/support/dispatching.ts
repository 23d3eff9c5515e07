import { laneTopic } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { type Stack, silent, watchTopic } from '@daybook/shared/testing'
import type { Test } from 'tap'
import {
  type Dispatching,
  type DispatchOptions,
  openDispatch,
} from '../../src/jobs/dispatch/open-dispatch.ts'
import { defaultKind, type Kind } from '../../src/jobs/kinds/kind.ts'
import { type Job, rankOf } from '../../src/jobs/stored/job.ts'
import type { JobWorker } from '../../src/jobs/stored/job-worker.ts'
import { openJobsBase } from '../../src/jobs/stored/open-jobs-store.ts'
import { makeWorker } from './job-workers.ts'

const DAY_MS = 86_400_000
const retention = { succeeded: DAY_MS, failed: DAY_MS, cancelled: DAY_MS, expired: DAY_MS }
const PARTITIONS = 4

/** Opens the stored jobs of a stack and connects to Kafka, as a scheduler does. The rules of kinds are in `rules`. */
export async function makeJobs(t: Test, stack: Stack) {
  const fail = (error: Error) => t.fail('a part of the jobs failed', { error })
  const base = await openJobsBase(stack.db, { log: silent, fail })
  t.teardown(base.stop)
  base.brokerClock.saw(Date.now())
  const kafka = await connectKafka({
    brokers: stack.brokers,
    service: 'test',
    prefix: stack.prefix,
    topics: [laneTopic('default', PARTITIONS)],
    log: silent,
    onCrash: fail,
  })
  t.teardown(() => kafka.close())
  const rules = new Map<string, Partial<Kind>>()
  const kinds = {
    getMany: async (names: Iterable<string>) =>
      new Map([...names].map(name => [name, { ...defaultKind, name, ...rules.get(name) }])),
  }
  const admission: DispatchOptions['admission'] = {
    admit: async jobs => jobs.map(job => ({ job, places: [] })),
  }
  /** Starts a dispatcher as another process would, and stops it when the test ends. */
  async function dispatch(given: Partial<DispatchOptions> = {}): Promise<Dispatching> {
    const settings = { retention, lanePartitions: PARTITIONS, sentAheadMs: 200, leaseMs: 30_000 }
    const dispatching = await openDispatch(base, { kafka, kinds, admission, ...settings, ...given })
    t.teardown(() => dispatching.stop())
    return dispatching
  }
  return { base, kafka, rules, dispatch, ...storedOf(base) }
}

export type TestJobs = Awaited<ReturnType<typeof makeJobs>>

function storedOf({ jobs, workers, now, signals }: Awaited<ReturnType<typeof openJobsBase>>) {
  return {
    /** Stores jobs as adding does. */
    async add(...given: Partial<Job>[]): Promise<void> {
      await jobs.insertMany(given.map(job => plannedJob(job, now())))
      signals.emit('work', undefined)
    },
    /** Makes new jobs, and a function that stores them and remembers how. */
    newJobs(...given: Partial<Job>[]) {
      const made = given.map(job => plannedJob(job, now()))
      const inserted: Job[] = []
      const insert = async (planned: Job[]) => {
        inserted.push(...planned)
        await jobs.insertMany(planned)
        return planned.map(() => true)
      }
      return { made, inserted, insert }
    },
    /** Stores workers as if they had just sent a beat. */
    async beat(...given: JobWorker[]): Promise<void> {
      for (const worker of given) await workers.replaceOne({ _id: worker._id }, worker, { upsert: true })
      signals.emit('work', undefined)
    },
    read: async (id: string) => (await jobs.findById(id).lean<Job>()) as Job,
    count: (filter: Partial<Job>) => jobs.countDocuments(filter),
    /** Ends the attempts that a worker has in hand. */
    async endAll(worker: string): Promise<void> {
      const fields = { worker: '', dispatch: '', places: '' }
      const { modifiedCount } = await jobs.updateMany(
        { worker },
        { $set: { state: 'succeeded' }, $unset: fields },
      )
      await workers.updateOne({ _id: worker }, { $inc: { ended: modifiedCount } })
      signals.emit('work', undefined)
    },
  }
}

let nextId = 0

function plannedJob(given: Partial<Job>, now: Date): Job {
  nextId += 1
  const dueAt = given.dueAt ?? now
  const priority = given.priority ?? 3
  return {
    _id: `job-${nextId}`,
    kind: 'k',
    lane: 'default',
    data: '{"n":1}',
    owner: 'somebody',
    priority,
    rank: rankOf(dueAt, priority),
    state: dueAt > now ? 'delayed' : 'ready',
    addedAt: now,
    dueAt,
    attempt: 0,
    failures: 0,
    crashes: 0,
    ...given,
  }
}

/** The attempts that were published on a lane, in an array that grows. */
export async function watchLane(t: Test, stack: Stack, lane = 'default') {
  const seen = await watchTopic(t, stack, laneTopic(lane, 1).name)
  return () =>
    seen.map(({ value, partition }) => ({
      job: String(value.job),
      attempt: Number(value.attempt),
      startBy: String(value.startBy),
      value,
      partition,
    }))
}

/** The only worker of a lane with 4 partitions. */
export const onlyWorker = (given: Partial<JobWorker> = {}) =>
  makeWorker('w', { lanes: [{ lane: 'default', partitions: [0, 1, 2, 3] }], ...given })
