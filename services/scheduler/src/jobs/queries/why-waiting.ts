import type { WaitReason as Limit } from '../limits/wait-reason.ts'
import type { Job } from '../stored/job.ts'

/** Why a job waits. */
export const waitReasons = [
  'time',
  'backoff',
  'paused',
  'failing',
  'no-worker-on-lane',
  'no-worker-knows-kind',
  'key',
  'schedule',
  'rate',
  'in-flight',
  'free-worker',
] as const
export type WaitReason = (typeof waitReasons)[number]

/** Why a job waits, in words too. `until` is when this reason ends, if that is known. */
export interface Waiting {
  reason: WaitReason
  detail: string
  until?: Date
}

/** What the reason depends on besides the job. */
export interface WaitingFacts {
  /** MongoDB's time. */
  now: Date
  /** The lane of the kind, and whether the kind is paused. */
  lane: string
  paused: boolean
  /** How many workers take attempts of the lane, and how many of these have a handler for the kind. */
  workers: number
  knowing: number
  /** Which limit keeps the job back, if one does. */
  limit?: Limit | undefined
}

/**
 * Says why a job waits. Of several reasons it is the one that has to end first: the time of the job, then what keeps the
 * whole kind from running, then the limits.
 * @param job a job that waits
 */
export function whyWaiting(job: Job, facts: WaitingFacts): Waiting {
  const { kind, suspect } = job
  const { lane, paused, workers, knowing, limit } = facts
  const early = job.state === 'delayed' && job.dueAt > facts.now ? whyDelayed(job) : undefined
  if (early !== undefined) return early
  if (paused) return { reason: 'paused', detail: `The kind ${kind} is paused` }
  if (workers === 0) return { reason: 'no-worker-on-lane', detail: `No worker reads the lane ${lane}` }
  if (knowing === 0) return { reason: 'no-worker-knows-kind', detail: unknownKind(kind, lane) }
  if (job.state === 'held' || limit === 'key') return whyHeld(job)
  if (limit !== undefined) return { reason: codes[limit], detail: details[limit] }
  const alone = 'The job waits for a worker that runs nothing else, because its last worker died'
  return { reason: 'free-worker', detail: suspect ? alone : 'All workers that can run the job are busy' }
}

const codes = { rate: 'rate', 'in-flight limit': 'in-flight', paused: 'paused', failing: 'failing' } as const
const details = {
  rate: 'The rate of the kind, or one that it shares, lets no further attempt start yet',
  'in-flight limit': 'As many jobs are in hand as the kind, or a limit that it shares, allows',
  paused: 'The kind is paused',
  failing: 'The last attempts of the kind all failed: one attempt at a time is sent until one succeeds',
} as const

const unknownKind = (kind: string, lane: string) =>
  `No worker of the lane ${lane} has a handler for the kind ${kind}`

function whyDelayed({ attempts = [], dueAt: until, kind, lane }: Job): Waiting {
  const { outcome, attempt, reason } = attempts.at(-1) ?? {}
  if (outcome === 'failed' || outcome === 'crashed') {
    const detail = `Attempt ${attempt} ${outcome}: the job waits before the next one`
    return { reason: 'backoff', detail, until }
  }
  if (outcome === 'returned' && reason === 'unknown-kind') {
    return { reason: 'no-worker-knows-kind', detail: unknownKind(kind, lane), until }
  }
  return { reason: 'time', detail: 'The job is not due yet', until }
}

function whyHeld({ key, schedule, gate = '' }: Job): Waiting {
  if (gate.startsWith('series:')) {
    return { reason: 'schedule', detail: `An earlier job of the schedule ${schedule} has not ended` }
  }
  return { reason: 'key', detail: `As many jobs with the key ${key} as may run at once are before this one` }
}
