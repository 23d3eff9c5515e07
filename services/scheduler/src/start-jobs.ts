import type { KafkaPort } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import { type Kinds, openKinds } from './jobs/kinds/kind-store.ts'
import { startGateSweep } from './jobs/limits/gate-sweep.ts'
import { type Admission, openAdmission } from './jobs/limits/open-admission.ts'
import { type JobsBase, openJobsBase } from './jobs/stored/open-jobs-store.ts'

/** What the REST API needs of the parts of jobs. */
export interface Jobs {
  base: JobsBase
  kinds: Kinds
  admission: Admission
}

/**
 * Opens and starts all parts of jobs, and stops them with the service.
 * @param connected the service's connections, see `connect`
 */
export async function startJobs(
  { log, closing, fail }: Service,
  { mongo }: { mongo: JobsBase['connection']; kafka: KafkaPort },
): Promise<Jobs> {
  const base = await openJobsBase(mongo, { log, fail })
  closing.defer(base.stop)
  const kinds = await openKinds(base)
  const admission = openAdmission(base, kinds)
  const gates = startGateSweep(base, kinds)
  closing.defer(() => gates.stop())
  return { base, kinds, admission }
}
