import type { RequestEvents, ScheduleFired } from '@daybook/shared/events'
import type { Definition } from '../definitions/definition.ts'

/**
 * The request for the job of a firing, if the schedule has a job. It is stored with the event of the firing. The id of the job
 * is the id of that event: a slot that is published again adds no other job.
 */
export function requestedJob(
  { id, source, time, data: { schedule } }: ScheduleFired,
  { job, overlap = 'skip' }: Definition,
): RequestEvents['JobRequested'][] {
  if (job === undefined) return []
  const data = { ...job, job: id, schedule, overlap }
  return [{ id: `${id}:job`, type: 'JobRequested', source, subject: id, time, data }]
}
