import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import type { ConsumerOptions, KafkaPort, RunningConsumer } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import type { Registry } from 'prom-client'
import type { Config } from './config.ts'
import { type Kinds, openKinds } from './jobs/kinds/kind-store.ts'
import { startGateSweep } from './jobs/limits/gate-sweep.ts'
import { type Admission, openAdmission } from './jobs/limits/open-admission.ts'
import { startProbes } from './jobs/outcomes/leases/send-probes.ts'
import { type Outcomes, openOutcomes } from './jobs/outcomes/open-outcomes.ts'
import { resultsConsumer, resultsGroup } from './jobs/outcomes/results-consumer.ts'
import { type JobsBase, openJobsBase } from './jobs/stored/open-jobs-store.ts'
import type { Mailer } from './mail/mailer.ts'

/** What the REST API needs of the parts of jobs. */
export interface Jobs {
  base: JobsBase
  kinds: Kinds
  admission: Admission
  outcomes: Outcomes
  /** The checks for readiness. */
  checks: Record<string, () => string | undefined>
}

interface Connected {
  mongo: JobsBase['connection']
  kafka: KafkaPort
  mailer: Mailer
  metrics: Registry
  config: Pick<Config, 'JOB_LEASE_SECONDS'>
}

const DAY_MS = 86_400_000
const retention = {
  succeeded: 3 * DAY_MS,
  failed: 30 * DAY_MS,
  cancelled: 7 * DAY_MS,
  expired: 7 * DAY_MS,
}

/**
 * Opens and starts all parts of jobs, and stops them with the service.
 * @param connected the service's connections, see `connect`
 */
export async function startJobs(service: Service, connected: Connected): Promise<Jobs> {
  const { log, closing, fail } = service
  const { mongo, kafka, mailer, metrics, config } = connected
  const base = await openJobsBase(mongo, { log, fail })
  closing.defer(base.stop)
  const kinds = await openKinds(base)
  const admission = openAdmission(base, kinds)
  const gates = startGateSweep(base, kinds)
  closing.defer(() => gates.stop())

  const leaseMs = config.JOB_LEASE_SECONDS * 1000
  const { pause } = admission
  const outcomes = openOutcomes(base, { kafka, kinds, retention, leaseMs, pause, mailer, metrics })
  closing.defer(() => outcomes.relays.jobs.stop())
  closing.defer(() => outcomes.relays.groups.stop())
  const results = resultsConsumer(outcomes.deps, openDeadLetters(mongo)(resultsGroup))
  const probes = startProbes(base, kafka, { owned: results.owned, everyMs: outcomes.beatMs })
  closing.defer(() => probes.stop())
  const checks = { [resultsGroup]: consume(service, kafka, results.options) }
  return { base, kinds, admission, outcomes, checks }
}

/**
 * Starts a consumer in the background: the service answers while Kafka is away.
 * @returns says for readiness why the consumer does not consume; undefined when it does
 */
function consume(
  { closing, fail }: Pick<Service, 'closing' | 'fail'>,
  kafka: KafkaPort,
  options: ConsumerOptions,
): () => string | undefined {
  let running: RunningConsumer | undefined
  closing.defer(() => running?.stop())
  const started = (consumer: RunningConsumer) => {
    running = consumer
  }
  kafka.consume(options).then(started, fail)
  return () => (running === undefined ? 'starting' : running.trouble())
}
