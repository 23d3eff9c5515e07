import { DaybookError, type ErrorCode } from '../../failures/errors.ts'
import { etagOf } from './etag.ts'

/** The headers of a request that make it conditional on a version. */
export interface Preconditions {
  'if-match'?: string | undefined
  'if-none-match'?: string | undefined
}

/** What If-Match or If-None-Match names: `*`, which is any version, or entity tags as they were sent. */
export type NamedTags = '*' | readonly string[]

const TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'
const list = new RegExp(`^[ \\t,]*(?:${TAG}[ \\t]*(?:,[ \\t,]*|$))+$`)
const tags = new RegExp(TAG, 'g')

/**
 * Reads If-Match or If-None-Match (RFC 9110, 13.1): `*`, or a list of entity tags, which may have empty elements. Node
 * joins several lines of a header by commas.
 * @returns undefined for anything else, also for a list without a tag
 */
export function readTags(header: string): NamedTags | undefined {
  if (header.trim() === '*') return '*'
  return list.test(header) ? (header.match(tags) as string[]) : undefined
}

/**
 * Reads If-Match or If-None-Match like `readTags`, and rejects what it does not understand.
 * @param name the name of the header, for the fault
 * @returns undefined when the request does not have the header
 * @throws DaybookError DAYBOOK_REQUEST_INVALID
 */
export function requireTags(name: keyof Preconditions, header: string | undefined): NamedTags | undefined {
  if (header === undefined) return undefined
  const named = readTags(header)
  if (named !== undefined) return named
  const faults = [{ pointer: `/headers/${name}`, detail: 'must be * or an ETag as it was given, as in "2"' }]
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'Send the ETag with its quotes', { faults })
}

/**
 * Returns whether tags name a version by strong comparison: a weak tag names no version.
 * @param version undefined for a resource that does not exist, which no tag names
 */
export const nameStrongly = (named: NamedTags, version: number | undefined): boolean =>
  version !== undefined && (named === '*' || named.includes(etagOf(version)))

/** Returns whether tags name a version by weak comparison: a weak tag names the same version as a strong one. */
export const nameWeakly = (named: NamedTags, version: number | undefined): boolean =>
  nameStrongly(named === '*' ? named : named.map(tag => tag.replace(/^W\//, '')), version)

/**
 * Checks If-Match by strong comparison and If-None-Match by weak comparison.
 * @param version the current version; undefined when the resource does not exist
 * @param changed the code of the error when a precondition does not hold
 * @throws DaybookError `changed`, or DAYBOOK_REQUEST_INVALID for a header that is no list of ETags
 */
export function checkPreconditions(
  headers: Preconditions,
  version: number | undefined,
  changed: ErrorCode,
): void {
  const match = requireTags('if-match', headers['if-match'])
  const noneMatch = requireTags('if-none-match', headers['if-none-match'])
  const isOther = match !== undefined && !nameStrongly(match, version)
  if (!isOther && (noneMatch === undefined || !nameWeakly(noneMatch, version))) return
  const state = version === undefined ? 'It does not exist' : `The current version is ${version}`
  throw new DaybookError(changed, `${state}. Read it again before you repeat the request`)
}

/**
 * Returns the versions that If-Match names, by strong comparison, for a decision that must not know HTTP.
 * @returns undefined when every version matches; a weak tag, and a tag that is no version, name no version
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for a header that is no list of ETags
 */
export function versionsOf(ifMatch: string | undefined): number[] | undefined {
  const named = requireTags('if-match', ifMatch)
  if (named === undefined || named === '*') return undefined
  return named.flatMap(tag => /^"([1-9]\d{0,14})"$/.exec(tag)?.[1] ?? []).map(Number)
}

/** Returns whether If-None-Match names a version, by weak comparison. A header that is no list of ETags names no version. */
export const isNoneMatch = (header: string | undefined, version: number): boolean =>
  isNoneMatchTag(header, etagOf(version))

/**
 * Returns whether If-None-Match names an entity tag, by weak comparison.
 * @param tag a strong entity tag, with its quotes
 */
export function isNoneMatchTag(header: string | undefined, tag: string): boolean {
  const named = header === undefined ? undefined : readTags(header)
  return named !== undefined && (named === '*' || named.some(one => one.replace(/^W\//, '') === tag))
}
