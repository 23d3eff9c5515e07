import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import type { AlarmSource } from '@daybook/shared/incidents/alarm'
import type { WaitingSource } from '@daybook/shared/incidents/waiting-work'
import type { ConsumerOptions, KafkaPort } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import type { Registry } from 'prom-client'
import type { Config } from './config.ts'
import { type Adding, openAdding } from './jobs/adding/open-adding.ts'
import { jobAlarms } from './jobs/alarms/job-alarms.ts'
import { type JobCommands, openCommands } from './jobs/commands/open-commands.ts'
import { type Dispatching, openDispatch } from './jobs/dispatch/open-dispatch.ts'
import type { Groups } from './jobs/groups/open-groups.ts'
import { startGroups } from './jobs/groups/start-groups.ts'
import { type Kinds, openKinds } from './jobs/kinds/kind-store.ts'
import { startGateSweep } from './jobs/limits/gate-sweep.ts'
import { type Admission, openAdmission } from './jobs/limits/open-admission.ts'
import { jobMetrics } from './jobs/metrics/job-metrics.ts'
import { waitingJobs } from './jobs/metrics/waiting-jobs.ts'
import { startProbes } from './jobs/outcomes/leases/send-probes.ts'
import { type Outcomes, openOutcomes } from './jobs/outcomes/open-outcomes.ts'
import { resultsConsumer, resultsGroup } from './jobs/outcomes/results-consumer.ts'
import { type JobQueries, openQueries } from './jobs/queries/open-queries.ts'
import { ownerReader } from './jobs/requests/owner-store.ts'
import { requestsConsumer, requestsGroup } from './jobs/requests/requests-consumer.ts'
import { startRemoving } from './jobs/retention/start-removing.ts'
import { type JobsBase, openJobsBase } from './jobs/stored/open-jobs-store.ts'
import type { Mailer } from './mail/mailer.ts'

/** What the REST API needs of the parts of jobs. */
export interface Jobs {
  base: JobsBase
  kinds: Kinds
  admission: Admission
  outcomes: Outcomes
  dispatching: Dispatching
  adding: Adding
  groups: Groups
  commands: JobCommands
  queries: JobQueries
  /** What keeps jobs from running. */
  alarms: AlarmSource[]
  /** How many jobs wait, and why. */
  waiting: WaitingSource
  /** What they consume; not started. */
  consumers: ConsumerOptions[]
}

interface Connected {
  mongo: JobsBase['connection']
  kafka: KafkaPort
  mailer: Mailer
  metrics: Registry
  parkFor: (group: string) => Park
  config: Config
}

const DAY_MS = 86_400_000

const retentionOf = (config: Config) => ({
  succeeded: config.JOB_RETENTION_SUCCEEDED_DAYS * DAY_MS,
  failed: config.JOB_RETENTION_FAILED_DAYS * DAY_MS,
  cancelled: config.JOB_RETENTION_CANCELLED_DAYS * DAY_MS,
  expired: config.JOB_RETENTION_EXPIRED_DAYS * DAY_MS,
})

/**
 * Opens and starts all parts of jobs except their consumers, and stops them with the service.
 * @param connected the service's connections, see `connect`
 */
export async function startJobs(service: Service, connected: Connected): Promise<Jobs> {
  const { log, closing, fail } = service
  const { mongo, kafka, mailer, metrics, parkFor, config } = connected
  const [retention, keepIds] = [retentionOf(config), config.JOB_IDS_DAYS * DAY_MS]
  const leaseMs = config.JOB_LEASE_SECONDS * 1000
  const base = await openJobsBase(mongo, { log, fail })
  closing.defer(base.stop)
  const running = (part: { stop: () => unknown }) => closing.defer(async () => void (await part.stop()))

  const kinds = await openKinds(base)
  const admission = openAdmission(base, kinds)
  running(startGateSweep(base, kinds))
  const { pause, noteOutcomes } = admission
  const following = { kafka, kinds, retention, leaseMs, pause, noteOutcomes, mailer, metrics }
  const outcomes = openOutcomes(base, following)
  running(outcomes.relay)

  const { LANE_PARTITIONS: lanePartitions, JOB_SENT_AHEAD_MS: sentAheadMs } = config
  const sending = { kafka, kinds, admission, retention, lanePartitions, sentAheadMs, leaseMs }
  const dispatching = await openDispatch(base, sending)
  running(dispatching)

  const commands = openCommands(base, {
    retention,
    tellWorkers: outcomes.deps.control.cancel,
    offer: outcomes.relay.offer,
  })
  const { insertNew } = dispatching
  const adding = await openAdding(base, kinds, {
    retention,
    keepIds,
    cancel: commands.cancelJobs,
    insertNew,
  })
  const { groups, ...ending } = startGroups(base, adding, { kafka, retention: retention.failed })
  running(ending)
  running(startRemoving(base, keepIds))
  const queries = openQueries(base, kinds, { admission, leaseMs })

  jobMetrics(base, { registry: metrics, kinds, lanes: dispatching.lanes, failing: admission.failing })

  const results = resultsConsumer(outcomes.deps, parkFor(resultsGroup))
  running(startProbes(base, kafka, { owned: results.owned, everyMs: outcomes.beatMs }))
  const requests = requestsConsumer(
    { adding, groups, ownerOf: ownerReader(base.jobs) },
    parkFor(requestsGroup),
  )
  const consumers = [results.options, requests]
  const alarms = jobAlarms(base, { kinds, admission, leaseMs })
  return {
    base,
    kinds,
    admission,
    outcomes,
    dispatching,
    adding,
    groups,
    commands,
    queries,
    alarms,
    waiting: waitingJobs(base),
    consumers,
  }
}
