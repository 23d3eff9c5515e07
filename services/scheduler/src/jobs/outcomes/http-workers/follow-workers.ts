import { randomUUID } from 'node:crypto'
import { jobTopics, type ResultEvents, toMessage } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { endAttempts } from '../leases/end-workers.ts'
import { type HttpAttemptDeps, refuseLost } from './report-attempts.ts'

export interface HttpWorkerDeps extends HttpAttemptDeps {
  kafka: Pick<KafkaPort, 'publish'>
}

/** What a worker without Kafka says about itself. */
export interface HttpWorker {
  worker: string
  name: string
  version?: string
  lanes: readonly string[]
  kinds: readonly string[]
  slots: number
}

type State = ResultEvents['WorkerBeat']['data']['state']

/**
 * Sends the beat of a worker without Kafka on its behalf: its lease is then kept and judged like any other.
 * @throws DaybookError DAYBOOK_JOB_ENDED when the worker has lost its lease; an outage of Kafka
 */
export async function beatFor(
  deps: HttpWorkerDeps,
  { worker, name, version = '', lanes, kinds, slots }: HttpWorker,
  state: State = 'working',
): Promise<void> {
  await refuseLost(deps, worker)
  const event: ResultEvents['WorkerBeat'] = {
    id: randomUUID(),
    type: 'WorkerBeat',
    source: '/daybook/scheduler',
    subject: worker,
    time: new Date().toISOString(),
    data: {
      ...{ worker, name, version, slots, state, via: 'http', blockedMs: 0 },
      lanes: lanes.map(lane => ({ lane, partitions: [] })),
      kinds: [...kinds],
      running: await deps.attempts.runningOf(worker),
    },
  }
  const { appendedAt } = await deps.kafka.publish(jobTopics.results.name, [toMessage(event, worker)])
  deps.base.brokerClock.saw(appendedAt)
}

/** What a worker without Kafka has to know: it does not read the control topic. */
export interface Told {
  /** Attempts that it is to end. */
  cancelled: { job: string; attempt: number }[]
  /** Attempts that it says it runs and does not hold any more: it aborts them. */
  lost: { job: string; attempt: number }[]
  /** It is to take no more attempts. */
  quiet: boolean
}

/** @param running the attempts that the worker says it runs */
export async function whatToTell(
  { attempts, workers }: HttpWorkerDeps,
  worker: string,
  running: readonly { job: string; attempt: number }[],
): Promise<Told> {
  const [cancelled, found, status] = await Promise.all([
    attempts.toCancel([worker]),
    attempts.find(running.map(({ job }) => job)),
    workers.statusOf([worker]),
  ])
  const held = new Map(found.map(job => [job._id, job]))
  const isLost = ({ job: id, attempt }: { job: string; attempt: number }) => {
    const job = held.get(id)
    return job?.state !== 'running' || job.attempt !== attempt || job.worker !== worker
  }
  return {
    cancelled,
    lost: running.filter(isLost),
    quiet: status.get(worker)?.quietAskedAt !== undefined,
  }
}

/** Ends a worker without Kafka: what it has in hand goes back at once. */
export async function stopWorker(deps: HttpWorkerDeps, worker: HttpWorker): Promise<void> {
  await beatFor(deps, worker, 'stopped')
  const at = new Date(deps.base.brokerClock.now() ?? Date.now())
  const how = { outcome: 'returned', reason: 'stopping' } as const
  await endAttempts(deps, worker.worker, { how, at, all: true }, async () => {})
}
