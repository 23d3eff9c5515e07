import type { Cause, Continuation, Counts, JobEvents } from '@daybook/shared/events'
import type { NewJob } from '../adding/new-job.ts'
import { continuationId } from '../adding/request-ids.ts'
import type { Job } from '../stored/job.ts'
import type { JobGroup } from '../stored/job-group.ts'
import { continuationRequest } from './plan-group.ts'

/** The continuation of a job that has ended. It has the same id each time, so it is added once. */
export function afterJob({ _id: job, owner, state, result, then, traceparent }: Job): NewJob {
  const cause = {
    job,
    state: state as NonNullable<Cause['state']>,
    ...(result === undefined ? {} : { result: JSON.parse(result) as unknown }),
  }
  return continuation(job, { owner, then, cause, ...(traceparent === undefined ? {} : { traceparent }) })
}

/** The continuation of a group that has finished. */
export const afterGroup = ({ _id: group, owner, then, counts }: JobGroup): NewJob =>
  continuation(group, { owner, then, cause: { group, counts: counts as Counts } })

function continuation(
  id: string,
  { then, ...rest }: Pick<NewJob, 'owner' | 'traceparent'> & { cause: Cause; then: string | undefined },
): NewJob {
  return { ...rest, id: continuationId(id), request: continuationRequest(JSON.parse(then as string)) }
}

/** Whether the continuation of a group is added when its jobs have ended so. */
export function groupContinues(then: string | undefined, { total, succeeded }: Counts): boolean {
  if (then === undefined) return false
  const { on = 'finish' } = JSON.parse(then) as Continuation
  return on === 'finish' || succeeded === total
}

export const groupFinished = (group: string, counts: Counts, at: Date): JobEvents['GroupFinished'] => ({
  id: `${group}:group-finished`,
  type: 'GroupFinished',
  source: '/daybook/scheduler',
  subject: group,
  time: at.toISOString(),
  data: { group, counts, finishedAt: at.toISOString() },
})
