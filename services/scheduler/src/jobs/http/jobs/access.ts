import { DaybookError } from '@daybook/shared/failures/errors'
import type { User } from '@daybook/shared/http'
import type { GroupReader } from '../../queries/group-reader-store.ts'
import type { JobReader } from '../../queries/job-reader-store.ts'
import type { Job } from '../../stored/job.ts'
import type { JobGroup } from '../../stored/job-group.ts'

/** The options of a route that tokens with the scope `jobs` or `admin` can use. */
export const jobsScope = { config: { scope: 'jobs' as const } }
/** The tags of the routes on jobs in the OpenAPI document. */
export const tags = ['jobs']

/** The requester to whose jobs a user is limited; undefined for an operator, who sees all. */
export const ownerFor = (user: User): string | undefined => (user.admin ? undefined : user.id)

export const noJob = (id: string) =>
  new DaybookError('DAYBOOK_JOB_NOT_FOUND', `You have no job ${id}, or its retention is over`)

/**
 * Reads a job that a user may see. Another one is refused as if it did not exist.
 * @throws DaybookError DAYBOOK_JOB_NOT_FOUND
 */
export async function visibleJob(reader: JobReader, id: string, user: User): Promise<Job> {
  const job = await reader.find(id)
  if (job !== undefined && (user.admin || job.owner === user.id)) return job
  throw noJob(id)
}

/**
 * Reads a group that a user may see. Another one is refused as if it did not exist.
 * @throws DaybookError DAYBOOK_GROUP_NOT_FOUND
 */
export async function visibleGroup(reader: GroupReader, id: string, user: User): Promise<JobGroup> {
  const group = await reader.find(id)
  if (group !== undefined && (user.admin || group.owner === user.id)) return group
  throw new DaybookError('DAYBOOK_GROUP_NOT_FOUND', `You have no group ${id}, or its retention is over`)
}
