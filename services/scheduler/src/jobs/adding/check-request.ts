import {
  type Continuation,
  ContinuationSchema,
  type JobRequest,
  MAX_CHAIN,
  MAX_JOB_BYTES,
} from '@daybook/shared/events'
import type { Fault } from '@daybook/shared/failures/errors'
import { pointerTo } from '@daybook/shared/failures/errors'
import { durationMs } from '@daybook/shared/time/duration'
import { validatorOf } from '@daybook/shared/validation/ajv'
import { explain } from '@daybook/shared/validation/explain'
import { isDeeper } from '@daybook/shared/validation/json-depth'

/** What is wrong with a request in itself, beyond what its JSON Schema says. Kinds and clocks do not matter here. */

// JSON.stringify fails at a depth of some thousands.
const MAX_DEPTH = 100

const continuationErrors = validatorOf(ContinuationSchema)

/** Returns the faults of a request that has the shape of `JobRequest`. */
export function requestFaults(request: JobRequest): Fault[] {
  const { data, at, in: after, coalesce, key, expiresAt, then } = request
  const faults = jsonFaults('/data', data)
  if (at !== undefined && after !== undefined)
    faults.push({ pointer: '/in', detail: 'must not be given together with at' })
  if (coalesce !== undefined && key === undefined)
    faults.push({ pointer: '/key', detail: 'is missing: coalesce needs the key of the jobs that become one' })
  if (at !== undefined && expiresAt !== undefined && new Date(expiresAt) <= new Date(at))
    faults.push({ pointer: '/expiresAt', detail: 'must be later than at' })
  if (then !== undefined) faults.push(...continuationFaults(then))
  return faults
}

/** Returns the faults of a chain of continuations, whose first one is at `/then`. */
export function continuationFaults(first: unknown): Fault[] {
  const tooLarge = jsonFaults('/then', first, MAX_DEPTH + MAX_CHAIN)
  if (tooLarge.length > 0) return tooLarge
  let [next, depth] = [first, 1]
  for (; next !== undefined; depth += 1) {
    const path = '/then'.repeat(depth)
    if (depth > MAX_CHAIN)
      return [{ pointer: path, detail: `must not be there: at most ${MAX_CHAIN} continuations in a row` }]
    const errors = continuationErrors(next)
    if (errors.length > 0) return errors.map(error => shapeFault(path, error))
    const { data, then } = next as Continuation
    const faults = jsonFaults(`${path}/data`, data)
    if (faults.length > 0) return faults
    next = then
  }
  return []
}

function shapeFault(path: string, error: ReturnType<typeof continuationErrors>[number]): Fault {
  const { missingProperty, additionalProperty } = error.params
  const field = missingProperty ?? additionalProperty
  const pointer = path + error.instancePath + (field === undefined ? '' : pointerTo([field]))
  return { pointer, detail: explain(error) }
}

/** The instant at which a job is due. @param now when it was requested; an `at` in the past means now */
export function dueAtOf({ at, in: after }: Pick<JobRequest, 'at' | 'in'>, now: Date): Date {
  if (after !== undefined) return new Date(now.getTime() + (durationMs(after) as number))
  return at === undefined || new Date(at) < now ? now : new Date(at)
}

const FARTHEST_MS = 366 * 86_400_000

/**
 * Returns the faults of the times of a request.
 * @param wait true when the request may have waited for long before it is added: then it may have expired
 */
export function timeFaults(request: JobRequest, now: Date, wait: boolean): Fault[] {
  const due = dueAtOf(request, now)
  const faults: Fault[] = []
  if (due.getTime() > now.getTime() + FARTHEST_MS)
    faults.push({ pointer: request.at === undefined ? '/in' : '/at', detail: 'must be at most a year ahead' })
  if (!wait && request.expiresAt !== undefined && new Date(request.expiresAt) <= due)
    faults.push({ pointer: '/expiresAt', detail: 'must be later than now, and than when the job is due' })
  return faults
}

function jsonFaults(pointer: string, value: unknown, depth = MAX_DEPTH): Fault[] {
  if (value === undefined) return []
  if (isDeeper(value, depth)) return [{ pointer, detail: `must not be nested deeper than ${depth}` }]
  const bytes = Buffer.byteLength(JSON.stringify(value))
  if (bytes <= MAX_JOB_BYTES) return []
  return [{ pointer, detail: `must have at most ${MAX_JOB_BYTES} bytes as JSON; it has ${bytes}` }]
}
