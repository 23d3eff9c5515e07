import { DaybookError } from '@daybook/shared/failures/errors'
import type { Job } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'
import { applyReports } from '../attempts/apply-reports.ts'
import type { AttemptReport } from '../attempts/reports.ts'
import type { SettleDeps } from '../attempts/settle.ts'
import type { Workers } from '../leases/worker-store.ts'

export interface HttpAttemptDeps extends SettleDeps {
  base: Pick<JobsBase, 'now' | 'signals' | 'brokerClock'>
  workers: Workers
}

/** What a worker asks by HTTP about one attempt. */
export interface AttemptRequest {
  worker: string
  job: string
  attempt: number
}

/**
 * Starts an attempt for a worker, for it alone. Starting it again is no error.
 * @returns the job, which the worker runs now
 * @throws DaybookError DAYBOOK_JOB_NOT_FOUND; DAYBOOK_ATTEMPT_TAKEN, if another worker runs it; DAYBOOK_JOB_ENDED, if it may
 *   not start any more, or if the worker has lost its lease
 */
export async function startAttempt(deps: HttpAttemptDeps, request: AttemptRequest): Promise<Job> {
  const { worker, attempt, job: id } = request
  const isKnown = await refuseLost(deps, worker)
  const at = new Date(deps.base.brokerClock.now() ?? Date.now())
  const before = await readJob(deps, id)
  // Without a beat the lease of the attempt would never end.
  if (!isKnown && before.worker !== worker) throw ended('No beat of this worker has arrived: send one first')
  if (before.cancelAskedAt !== undefined) throw ended('It is to be cancelled')
  await applyReports(deps, [event('JobStarted', request, {}, at)], () => false)
  const job = await readJob(deps, id)
  if (job.attempt !== attempt) throw ended(`Attempt ${attempt} has ended`)
  if (job.state === 'running' && job.worker === worker) return job
  if (job.state === 'running')
    throw new DaybookError('DAYBOOK_ATTEMPT_TAKEN', `Another worker runs attempt ${attempt}: drop it`)
  throw ended(job.state === 'sent' ? 'It is too late to start it: drop it' : `The job is ${job.state}`)
}

/** Stores how far an attempt is. @throws DaybookError like `startAttempt` */
export async function reportProgress(
  deps: HttpAttemptDeps,
  request: AttemptRequest,
  progress: { done: number; total: number; note?: string },
): Promise<{ cancel: boolean }> {
  const job = await readJob(deps, request.job)
  refuseOthers(job, request)
  await applyReports(deps, [event('JobProgressed', request, progress, new Date())], () => false)
  return { cancel: job.cancelAskedAt !== undefined }
}

/** How a worker says that an attempt ended: an event without its envelope. */
export type Outcome = Pick<
  Extract<AttemptReport, { type: 'JobSucceeded' | 'JobFailed' | 'JobReturned' }>,
  'type'
> & { data: object }

/**
 * Stores how an attempt ended. Saying it again is no error.
 * @returns the job afterwards
 * @throws DaybookError DAYBOOK_JOB_NOT_FOUND; DAYBOOK_JOB_ENDED, if it has another outcome or belongs to another worker
 */
export async function reportOutcome(
  deps: HttpAttemptDeps,
  request: AttemptRequest,
  { type, data }: Outcome,
): Promise<Job> {
  const at = new Date(deps.base.brokerClock.now() ?? Date.now())
  await applyReports(deps, [event(type, request, data, at)], () => false)
  const job = await readJob(deps, request.job)
  const { worker, attempt } = request
  const past = job.attempts?.find(one => one.attempt === attempt && one.worker === worker)
  const isSame = past !== undefined && outcomesOf[type].includes(past.outcome)
  if (!isSame) throw ended(`Attempt ${attempt} has ended in another way, or another worker runs it`)
  return job
}

const outcomesOf: Record<Outcome['type'], string[]> = {
  JobSucceeded: ['succeeded', 'failed'],
  JobFailed: ['failed'],
  JobReturned: ['returned', 'cancelled'],
}

/**
 * Returns whether a worker is known by its beats.
 * @throws DaybookError DAYBOOK_JOB_ENDED when it has lost its lease or has stopped
 */
export async function refuseLost(
  { workers }: Pick<HttpAttemptDeps, 'workers'>,
  worker: string,
): Promise<boolean> {
  const status = (await workers.statusOf([worker])).get(worker)
  if (status?.lostAt !== undefined || status?.state === 'stopped')
    throw ended('This worker has lost its lease or has stopped: take a new id')
  return status !== undefined
}

function refuseOthers(job: Job, { worker, attempt }: AttemptRequest): void {
  if (job.attempt === attempt && job.state === 'running' && job.worker === worker) return
  throw ended(`This worker does not run attempt ${attempt}: abort it`)
}

async function readJob({ attempts }: HttpAttemptDeps, id: string): Promise<Job> {
  const [job] = await attempts.find([id])
  if (job === undefined) throw new DaybookError('DAYBOOK_JOB_NOT_FOUND', `There is no job ${id}`)
  return job
}

const ended = (why: string) => new DaybookError('DAYBOOK_JOB_ENDED', why)

function event(type: AttemptReport['type'], request: AttemptRequest, data: object, at: Date): AttemptReport {
  const { job, attempt } = request
  return {
    id: `${job}:${attempt}:${type}`,
    type,
    source: '/daybook/scheduler',
    subject: job,
    time: at.toISOString(),
    data: { ...request, ...data },
    at,
  } as AttemptReport
}
