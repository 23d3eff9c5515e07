import type { JobRequest } from '@daybook/shared/events'
import type { NewJob } from '../adding/new-job.ts'
import { fingerprint, memberId } from '../adding/request-ids.ts'
import type { GroupBatch, JobGroup } from '../stored/job-group.ts'
import { present } from '../stored/present.ts'
import type { Member, NewGroup } from './new-group.ts'

/** A job of a group with its id, as a batch stores it. */
type Accepted = Required<Member>

/** Gives ids to members. @param batch the id of the request, from which the ids follow that nobody chose */
export const withIds = (batch: string, jobs: Member[]): Accepted[] =>
  jobs.map(({ id, request }, i) => ({ id: id ?? memberId(batch, i), request }))

export const makeBatch = (id: string, at: Date, jobs: Accepted[], traceparent?: string): GroupBatch => ({
  id,
  at,
  jobs: JSON.stringify(jobs),
  ...(traceparent === undefined ? {} : { traceparent }),
})

/** The members of a batch, as jobs to add. */
export const jobsOf = (group: Pick<JobGroup, '_id' | 'owner'>, { jobs, traceparent }: GroupBatch): NewJob[] =>
  (JSON.parse(jobs) as Accepted[]).map(({ id, request }) => ({
    id,
    request,
    group: group._id,
    owner: group.owner,
    ...(traceparent === undefined ? {} : { traceparent }),
  }))

/** The continuation of a group, as a request of a job. */
export function continuationRequest({
  kind,
  data,
  key,
  priority,
  then,
}: NonNullable<NewGroup['then']>): JobRequest {
  return { kind, ...present({ data, key, priority, then }) }
}

/** Makes the document of a group, which has accepted its first batch. */
export function plannedGroup(
  id: string,
  requested: NewGroup,
  batch: GroupBatch | undefined,
  now: Date,
): JobGroup {
  const { owner, then, open, parent } = requested
  return {
    _id: id,
    state: open ? 'open' : 'closed',
    owner,
    addedAt: now,
    ...(open ? {} : { closedAt: now }),
    ...(parent === undefined ? {} : { parent }),
    ...(then === undefined ? {} : { then: JSON.stringify(then) }),
    ...(requested.id === undefined ? {} : { fingerprint: fingerprintOfGroup(requested) }),
    ...(batch === undefined ? {} : { batches: [batch] }),
  }
}

/** The owner of a job is not known any more when it is removed, so its id stands for it. */
export const fingerprintOfGroup = ({ owner, parent, jobs, then, open }: NewGroup): string =>
  fingerprint({ requester: parent === undefined ? { owner } : { parent }, jobs, then, open })
