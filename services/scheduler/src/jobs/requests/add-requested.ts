import { type JobRequest, type RequestEvent, type RequestEvents, traced } from '@daybook/shared/events'
import type { Adding } from '../adding/open-adding.ts'
import type { Groups } from '../groups/open-groups.ts'
import { present } from '../stored/present.ts'

export interface RequestDeps {
  adding: Pick<Adding, 'add'>
  groups: Pick<Groups, 'addGroup'>
  /** The owner of a job; undefined when there is no such job. */
  ownerOf: (job: string) => Promise<string | undefined>
}

/** The owner of jobs that other systems request by Kafka. */
const OTHER_SYSTEMS = 'kafka'

/** Adds what an event requests. The event may come again, and may have waited for days. */
export const addRequested = async (event: RequestEvent, deps: RequestDeps): Promise<unknown> =>
  event.type === 'JobRequested' ? addJob(event, deps) : addGroup(event, deps)

function addJob({ data, traceparent }: RequestEvents['JobRequested'], { adding }: RequestDeps) {
  const { job: id, schedule, overlap = 'skip' } = data
  const requester =
    schedule === undefined ? { owner: OTHER_SYSTEMS } : { owner: `schedule:${schedule}`, schedule, overlap }
  const requested = { ...requester, ...traced(traceparent), id, request: requestOf(data) }
  return adding.add([requested], { wait: true })
}

async function addGroup({ data, traceparent }: RequestEvents['GroupRequested'], deps: RequestDeps) {
  const { group: id, jobs, then, parent } = data
  const owner = parent === undefined ? undefined : await deps.ownerOf(parent)
  return deps.groups.addGroup({
    id,
    owner: owner ?? OTHER_SYSTEMS,
    jobs: jobs.map(job => ({ id: job.job, request: requestOf(job) })),
    open: false,
    wait: true,
    ...(then === undefined ? {} : { then }),
    ...(parent === undefined ? {} : { parent }),
    ...traced(traceparent),
  })
}

/** Whether the order among other requests matters: a later request replaces data, or depends on the jobs before it. */
export const isInOrder = (event: RequestEvent): boolean =>
  event.type === 'JobRequested' && (event.data.coalesce !== undefined || event.data.schedule !== undefined)

/** The request without the fields of the event, and without fields that a newer producer may add. */
function requestOf({
  kind,
  data,
  key,
  priority,
  at,
  in: after,
  coalesce,
  expiresAt,
  then,
}: JobRequest): JobRequest {
  return { kind, ...present({ data, key, priority, at, in: after, coalesce, expiresAt, then }) }
}
