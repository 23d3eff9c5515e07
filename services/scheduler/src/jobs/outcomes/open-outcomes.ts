import { jobTopics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Registry } from 'prom-client'
import type { Kinds } from '../kinds/kind-store.ts'
import { openWorkerList, type WorkerList } from '../queries/worker-list-store.ts'
import type { Retention } from '../stored/finish-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import type { ResultsDeps } from './apply-results.ts'
import { openAttempts } from './attempts/attempt-store.ts'
import type { SettleDeps } from './attempts/settle.ts'
import { makeControl } from './control.ts'
import { endNotes } from './end-notes/end-note-store.ts'
import { openEndPublisher } from './end-notes/publish-ends.ts'
import { startFinishedRelay } from './finished-outbox-store.ts'
import type { HttpWorkerDeps } from './http-workers/follow-workers.ts'
import { openPartitions } from './leases/partition-store.ts'
import { leaseTimes } from './leases/probe-span.ts'
import { openWorkers } from './leases/worker-store.ts'
import { outcomeMetrics } from './metrics.ts'

/** What the part of jobs that follows workers needs. */
export interface OutcomeOptions {
  kafka: Pick<KafkaPort, 'publish' | 'endOffsets'>
  kinds: Pick<Kinds, 'getMany'>
  retention: Retention
  /** How long a worker's attempts are kept after its last beat, in milliseconds. */
  leaseMs: number
  pause: SettleDeps['pause']
  noteOutcomes: SettleDeps['noteOutcomes']
  mailer: SettleDeps['mailer']
  metrics: Registry
}

/** The part of jobs that follows workers, before it reads anything. */
export interface Outcomes {
  deps: ResultsDeps
  /** What the routes for workers without Kafka need. */
  http: HttpWorkerDeps & Pick<ResultsDeps, 'control'>
  workerList: WorkerList
  /** Publishes the ends of jobs. */
  relay: Relay<EmbeddedEvent>
  leaseMs: number
  /** How often beats and probes are sent, in milliseconds. */
  beatMs: number
}

/** Opens the stores and starts the relay of finished jobs. */
export function openOutcomes(base: JobsBase, options: OutcomeOptions): Outcomes {
  const { kafka, kinds, retention, leaseMs, pause, noteOutcomes, mailer, metrics } = options
  const relay = startFinishedRelay(base, kafka)
  const notes = endNotes(base)
  const ends = openEndPublisher({ ...base, notes, kafka })
  const { beatMs, ...times } = leaseTimes(leaseMs)
  const deps: ResultsDeps = {
    base,
    kinds,
    pause,
    noteOutcomes,
    mailer,
    times,
    attempts: openAttempts(base.jobs, notes, retention),
    workers: openWorkers(base.workers),
    partitions: openPartitions(base.connection),
    control: makeControl(kafka),
    count: outcomeMetrics(metrics),
    offer: relay.offer,
    publishEnds: ends.publish,
    resultPartitions: async () => [...(await kafka.endOffsets(jobTopics.results.name)).keys()],
  }
  const stop = async () => void (await Promise.all([relay.stop(), ends.stop()]))
  const http = { ...deps, base, kafka }
  return {
    ...{ deps, http, workerList: openWorkerList(base.workers) },
    ...{ relay: { ...relay, stop }, leaseMs, beatMs },
  }
}
