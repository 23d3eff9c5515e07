import type { Cause } from '@daybook/shared/events'
import type { Static } from 'typebox'
import { apiStateOf, traceIn } from '../../queries/job-filter.ts'
import type { Waiting } from '../../queries/why-waiting.ts'
import type { Job } from '../../stored/job.ts'
import { present } from '../../stored/present.ts'
import type { JobBody, ListedJob } from './job-schemas.ts'

/** The fields of a job that lists show. */
export const listedFields = [
  '_id',
  'kind',
  'lane',
  'state',
  'key',
  'group',
  'schedule',
  'traceparent',
  'owner',
  'priority',
  'addedAt',
  'dueAt',
  'startedAt',
  'finishedAt',
  'attempt',
  'failures',
  'crashes',
  'cancelAskedAt',
  'progress',
  'reason',
  'error',
] as const satisfies readonly (keyof Job)[]

/** The fields that the reason for which a job waits depends on besides. */
export const whyFields = [...listedFields, 'gate', 'suspect', 'attempts'] as const

// A list is for finding jobs, and an error can have 8 KB.
export const SHOWN_ERROR = 300

/** A job as lists show it. @param waiting why it waits, if it waits and that was asked */
export function listedJob(
  job: Pick<Job, (typeof listedFields)[number]>,
  waiting?: Waiting,
): Static<typeof ListedJob> {
  const { error, ...body } = common(job)
  const shown = present({
    error: error?.slice(0, SHOWN_ERROR).toWellFormed(),
    waiting: waiting && waitingBody(waiting),
  })
  return { ...body, ...shown } as Static<typeof ListedJob>
}

/** A job as it is shown alone. @param waiting why it waits, if it waits and that was asked */
export function jobBody(job: Job, waiting?: Waiting): Static<typeof JobBody> {
  const { expiresAt, data, result, then, cause } = job
  return {
    ...common(job),
    attempts: [...(job.attempts ?? []).map(pastAttempt), ...inHand(job)],
    data: JSON.parse(data),
    ...present({
      expiresAt: expiresAt?.toISOString(),
      waiting: waiting && waitingBody(waiting),
      result: result === undefined ? undefined : (JSON.parse(result) as unknown),
      then: then === undefined ? undefined : (JSON.parse(then) as unknown),
      cause: cause === undefined ? undefined : (JSON.parse(cause) as Cause),
    }),
  } as Static<typeof JobBody>
}

const waitingBody = (waiting: Waiting) => ({
  ...waiting,
  ...present({ until: waiting.until?.toISOString() }),
})

function common(job: Pick<Job, (typeof listedFields)[number]>) {
  const { _id, kind, lane, owner, priority, attempt, failures, crashes } = job
  const { key, group, schedule, progress, reason, error, traceparent } = job
  return {
    id: _id,
    kind,
    lane,
    state: apiStateOf(job.state),
    owner,
    priority,
    addedAt: job.addedAt.toISOString(),
    dueAt: job.dueAt.toISOString(),
    attempt,
    failures,
    crashes,
    ...present({ key, group, schedule, reason, error, trace: traceIn(traceparent) }),
    ...present({
      startedAt: job.startedAt?.toISOString(),
      finishedAt: job.finishedAt?.toISOString(),
      cancelAskedAt: job.cancelAskedAt?.toISOString(),
      progress: progress && { ...progress, at: progress.at.toISOString() },
    }),
  }
}

function pastAttempt({ attempt, worker, startedAt, endedAt, outcome, reason, error }: Past) {
  const times = { startedAt: startedAt?.toISOString(), endedAt: endedAt.toISOString() }
  return { attempt, outcome, ...present({ ...times, worker, reason, error }) }
}
type Past = NonNullable<Job['attempts']>[number]

function inHand({ state, attempt, worker, sentAt, startedAt }: Job) {
  if (state !== 'sent' && state !== 'running') return []
  const times = { sentAt: sentAt?.toISOString(), startedAt: startedAt?.toISOString() }
  return [{ attempt, ...present({ ...times, worker }) }]
}
