import { createHash } from 'node:crypto'
import { MAX_JOBS_AT_ONCE } from '@daybook/shared/events'
import type { NewJob } from './new-job.ts'

/** The ids of jobs that follow from something else, and the fingerprints by which two requests are compared. */

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/**
 * Computes the id of the job or group that a request with an Idempotency-Key makes: a UUIDv8.
 * @param owner the requester: the keys of two requesters are independent
 */
export function idOfIdempotencyKey(owner: string, key: string): string {
  const bytes = sha256(JSON.stringify([owner, key])).subarray(0, 16)
  // RFC 9562, 5.8: the version and the variant of a UUID whose other bits are free.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const MAX_ID = 255

/** Computes the id of the continuation of a job or a group. Ids that would become too long are hashed. */
export function continuationId(id: string): string {
  const plain = `${id}:then`
  return plain.length <= MAX_ID ? plain : `${sha256(plain).toString('hex')}:then`
}

/**
 * Computes the id of a member of a group for which nobody chose an id. The ids of a request are in its order.
 * @param batch the id of the request
 */
export function memberId(batch: string, index: number): string {
  const number = String(index).padStart(String(MAX_JOBS_AT_ONCE - 1).length, '0')
  const plain = `${batch}:${number}`
  return plain.length <= MAX_ID ? plain : `${sha256(batch).toString('hex')}:${number}`
}

/**
 * Computes the fingerprint of what is requested under a chosen id: equal for equal JSON, in whatever order its fields are.
 * Who asks is a part of it, so that nobody gets another requester's job as his own.
 */
export function fingerprintOf({ owner, request, group, schedule }: NewJob): string {
  const all = { owner, request: { ...request, priority: request.priority ?? 3 }, group, schedule }
  return fingerprint(all)
}

/** The fingerprint of any JSON of limited depth. */
export const fingerprint = (value: unknown): string =>
  sha256(JSON.stringify(value, sorted)).subarray(0, 16).toString('base64url')

function sorted(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  // A list keeps the order: an object would put names that are numbers first.
  const fields = Object.entries(value).filter(([, one]) => one !== undefined)
  return { fields: fields.sort(([a], [b]) => (a < b ? -1 : 1)) }
}
