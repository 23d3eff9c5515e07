import { DaybookError } from '@daybook/shared/errors'

/** Entity tags (RFC 9110, 8.8.3): a task's is its version. */
export const etagOf = (version: number): string => `"${version}"`

/**
 * Reads If-Match, by strong comparison.
 * @returns the versions it names, or undefined when any version will do; an ETag that is not ours, or weak, names none
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for what is no ETag
 */
export function versionsOf(ifMatch: string | undefined): number[] | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const tags = ifMatch.split(',').map(tag => tag.trim())
  if (!tags.every(tag => /^(W\/)?"[^"]*"$/.test(tag))) {
    const faults = [{ pointer: '/headers/if-match', detail: 'must be an ETag as it was given, as in "2"' }]
    throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'Send the ETag with its quotes', { faults })
  }
  return tags.flatMap(tag => /^"(\d{1,15})"$/.exec(tag)?.[1] ?? []).map(Number)
}

/** Whether If-None-Match names this version, by weak comparison. */
export function isNoneMatch(header: string | undefined, version: number): boolean {
  if (header === undefined) return false
  return header.split(',').some(tag => ['*', etagOf(version)].includes(tag.trim().replace(/^W\//, '')))
}
