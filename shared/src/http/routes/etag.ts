import { type TSchema, Type } from 'typebox'
import { DaybookError } from '../../failures/errors.ts'

/** The entity tag (RFC 9110, 8.8.3) of a version. */
export const etagOf = (version: number): string => `"${version}"`

const etag = Type.String({ pattern: '^"[1-9]\\d*"$', description: 'The version, as If-Match takes it' })
const location = Type.String({ description: 'The path of what was made' })

/** The schema of an answer that has a version, with the header ETag. */
export const versioned = <Schema extends TSchema>(schema: Schema) => ({ ...schema, headers: { etag } })

/** The schema of an answer that something was made, with the headers ETag and Location. */
export const created = <Schema extends TSchema>(schema: Schema) => ({
  ...schema,
  headers: { etag, location },
})

/** What If-Match or If-None-Match names: anything, or some entity tags, each as it was sent. */
export type NamedTags = '*' | readonly string[]

const TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'
const list = new RegExp(`^[ \\t,]*(?:${TAG}[ \\t]*(?:,[ \\t,]*|$))+$`)
const tags = new RegExp(TAG, 'g')

/**
 * Reads If-Match or If-None-Match (RFC 9110, 13.1): `*`, or a list of entity tags, of which elements may be empty. Node
 * joins several lines of a header by commas.
 * @returns undefined for anything else; also for a list without a tag, which names nothing
 */
export function readTags(header: string): NamedTags | undefined {
  if (header.trim() === '*') return '*'
  return list.test(header) ? (header.match(tags) as string[]) : undefined
}

/**
 * Reads If-Match or If-None-Match, and refuses what `readTags` does not understand.
 * @param name the header's, for the fault
 * @returns undefined where there is no such header
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for a header that names nothing
 */
export function requireTags(name: string, header: string | undefined): NamedTags | undefined {
  if (header === undefined) return undefined
  const named = readTags(header)
  if (named !== undefined) return named
  const faults = [{ pointer: `/headers/${name}`, detail: 'must be * or an ETag as it was given, as in "2"' }]
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'Send the ETag with its quotes', { faults })
}

/**
 * Whether tags name a version by strong comparison: a weak tag names none.
 * @param version undefined for what does not exist, which no tag names
 */
export const nameStrongly = (named: NamedTags, version: number | undefined): boolean =>
  version !== undefined && (named === '*' || named.includes(etagOf(version)))

/** Whether tags name a version by weak comparison: a weak tag names the same as a strong one. */
export const nameWeakly = (named: NamedTags, version: number | undefined): boolean =>
  nameStrongly(named === '*' ? named : named.map(tag => tag.replace(/^W\//, '')), version)
