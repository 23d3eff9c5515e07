import type { Kind } from '../kinds/kind.ts'
import { dueState, type Job, rankOf } from '../stored/job.ts'
import { present } from '../stored/present.ts'
import { dueAtOf } from './check-request.ts'
import type { NewJob } from './new-job.ts'
import { fingerprintOf } from './request-ids.ts'

/** The priority of a job that asks for none. */
export const DEFAULT_PRIORITY = 3

/** The slot in which at most one coalescing job waits: nobody's request changes a job of another requester. */
const slotOf = (owner: string, kind: string, key: string) => JSON.stringify([owner, kind, key])

/**
 * Makes the document of a requested job.
 * @param id its id: the chosen one, or a new one
 * @param now when it was requested, by MongoDB's clock
 */
export function plannedJob(requested: NewJob, id: string, kind: Kind, now: Date): Job {
  const { owner, request, group, cause, schedule, traceparent } = requested
  const { data = null, key, priority = DEFAULT_PRIORITY, coalesce, then } = request
  const dueAt = dueAtOf(request, now)
  const gate = gateOf(requested, kind)
  const isCoalescing = coalesce !== undefined && key !== undefined
  return {
    _id: id,
    kind: kind.name,
    lane: kind.lane,
    data: JSON.stringify(data),
    owner,
    priority,
    rank: rankOf(dueAt, priority),
    state: dueAt > now ? 'delayed' : dueState(gate),
    addedAt: now,
    dueAt,
    attempt: 0,
    failures: 0,
    crashes: 0,
    ...present({
      key,
      gate,
      slot: isCoalescing ? slotOf(owner, kind.name, key) : undefined,
      firstRequestedAt: isCoalescing ? now : undefined,
      fingerprint: requested.id === undefined ? undefined : fingerprintOf(requested),
      group,
      then: then && JSON.stringify(then),
      cause: cause && JSON.stringify(cause),
      schedule,
      traceparent,
      ...expiry(request.expiresAt, kind, dueAt, now),
    }),
  }
}

/** Names what limits how many of its jobs run at once. A schedule whose jobs must not overlap comes before the key. */
function gateOf({ request: { key }, schedule, overlap = 'allow' }: NewJob, kind: Kind): string | undefined {
  if (schedule !== undefined && overlap !== 'allow') return `series:${schedule}`
  return key !== undefined && kind.perKey !== undefined ? `key:${kind.name}/${key}` : undefined
}

/** A kind's `expires` counts from when the job is due. */
function expiry(expiresAt: string | undefined, { expiresMs }: Kind, dueAt: Date, now: Date) {
  if (expiresAt !== undefined) return { expiresAt: new Date(expiresAt), expiryFrom: now }
  return expiresMs === undefined ? {} : { expiresAt: new Date(dueAt.getTime() + expiresMs), expiryFrom: now }
}
