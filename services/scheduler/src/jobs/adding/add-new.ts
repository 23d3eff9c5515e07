import { durationMs } from '@daybook/shared/time/duration'
import { v7 as uuidv7 } from 'uuid'
import type { Kind } from '../kinds/kind.ts'
import { endedJob, type Retention } from '../stored/finish-store.ts'
import type { Job } from '../stored/job.ts'
import type { AddingStore, KnownId } from './adding-store.ts'
import { addedBefore } from './known-ids.ts'
import type { Added, NewJob } from './new-job.ts'
import { decideOverlap, unendedToRead } from './overlap.ts'
import { plannedJob } from './plan-job.ts'

/**
 * Inserts new jobs, and may send some at once.
 * @returns for each whether it was stored, and those that were not left for a turn of a dispatcher
 */
export type InsertNew = (
  jobs: Job[],
  insert: (jobs: Job[]) => Promise<boolean[]>,
) => Promise<{ stored: boolean[]; sent: ReadonlySet<Job> }>

export interface AddOptions {
  retention: Retention
  /** For how many milliseconds the chosen id of a job that is not stored is kept. */
  keepIds: number
  /** Cancels jobs: those that wait at once, and those in hand as soon as their workers can. */
  cancel: (jobs: string[]) => Promise<unknown>
  /** Absent: all jobs wait for a turn of a dispatcher. */
  insertNew?: InsertNew
}

export interface AddDeps extends AddOptions, Pick<AddingStore, 'noteCoalesced' | 'unended'> {
  /** Stores a job. @returns false when its id or its slot is taken */
  insert: (job: Job) => Promise<boolean>
  find: (id: string) => Promise<KnownId | undefined>
  /** Lets a waiting job run for this one too. @returns its id; undefined when none waits */
  coalesce: (job: Job, maxDelay: number | undefined) => Promise<string | undefined>
}

/** Adds a job whose id was not used when its request was validated. Others may add it at the same time. */
export async function addNew(
  requested: NewJob,
  { rules, now }: { rules: ReadonlyMap<string, Kind>; now: Date },
  deps: AddDeps,
): Promise<Added> {
  const { id = uuidv7(), request, schedule } = requested
  const job = plannedJob(requested, id, rules.get(request.kind) as Kind, now)
  if (job.slot !== undefined) return addCoalescing(requested, job, deps)
  if (schedule !== undefined) return addScheduled(requested, job, deps)
  return addedOrExists(requested, job, 'added', deps)
}

async function addedOrExists(
  requested: NewJob,
  job: Job,
  status: Added['status'],
  { insert, find }: AddDeps,
): Promise<Added> {
  if (await insert(job)) return { id: job._id, status, job }
  const before = await addedBefore(requested, find)
  if (before === undefined) throw new Error(`The job ${job._id} was refused, but its id is not taken`)
  return before
}

/** Adds a job, or lets the one that waits run for it too. Each round begins because the waiting job was just sent. */
async function addCoalescing(requested: NewJob, job: Job, deps: AddDeps): Promise<Added> {
  const { maxDelay } = requested.request.coalesce ?? {}
  const most = maxDelay === undefined ? undefined : durationMs(maxDelay)
  for (;;) {
    const waiting = await deps.coalesce(job, most)
    if (waiting !== undefined) {
      // After a crash before this line the request is coalesced once more, which is harmless.
      if (job.fingerprint !== undefined) {
        const known = { fingerprint: job.fingerprint, job: waiting }
        await deps.noteCoalesced(job._id, known, new Date(job.addedAt.getTime() + deps.keepIds))
      }
      return { id: waiting, status: 'coalesced' }
    }
    if (await deps.insert(job)) return { id: job._id, status: 'added', job }
    const before = await addedBefore(requested, deps.find)
    if (before !== undefined) return before
  }
}

/** Adds a job of a schedule. Requests of one schedule arrive one after the other. */
async function addScheduled(requested: NewJob, job: Job, deps: AddDeps): Promise<Added> {
  const { schedule = '', overlap = 'allow' } = requested
  const unended = overlap === 'allow' ? [] : await deps.unended(schedule, unendedToRead[overlap])
  switch (decideOverlap(overlap, unended.length)) {
    case 'skip': {
      const ending = { state: 'cancelled', at: job.addedAt, reason: 'overlap' } as const
      return addedOrExists(requested, endedJob(job, ending, deps.retention), 'skipped', deps)
    }
    case 'cancel-others':
      await deps.cancel(unended)
      return addedOrExists(requested, job, 'added', deps)
    case 'add':
      return addedOrExists(requested, job, 'added', deps)
  }
}
