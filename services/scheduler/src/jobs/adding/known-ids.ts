import { DaybookError } from '@daybook/shared/failures/errors'
import type { KnownId } from './adding-store.ts'
import type { Added, NewJob } from './new-job.ts'
import { fingerprintOf } from './request-ids.ts'

/**
 * Says whether a request with a chosen id was added before.
 * @returns undefined when it was not, or when it has no chosen id
 * @throws DaybookError DAYBOOK_JOB_CONFLICT when another request was added under the id
 */
export async function addedBefore(
  requested: NewJob,
  find: (id: string) => Promise<KnownId | undefined>,
): Promise<Added | undefined> {
  if (requested.id === undefined) return undefined
  const known = await find(requested.id)
  if (known === undefined) return undefined
  if (known.fingerprint === fingerprintOf(requested)) return { id: known.job, status: 'exists' }
  throw new DaybookError(
    'DAYBOOK_JOB_CONFLICT',
    `Another job was requested under the id ${requested.id}: choose a new id for a new job, or repeat the request without a change`,
  )
}
