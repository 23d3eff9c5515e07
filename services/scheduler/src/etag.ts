import { DaybookError } from '@daybook/shared/errors'

/** Entity tags (RFC 9110, 8.8.3): a schedule's is the version of its definition. */
export const etagOf = (version: number): string => `"${version}"`

export interface Preconditions {
  'if-match'?: string | undefined
  'if-none-match'?: string | undefined
}

/**
 * Checks If-Match, by strong comparison, and If-None-Match, by weak comparison.
 * @param version undefined when there is no such schedule
 * @throws DaybookError DAYBOOK_SCHEDULE_CHANGED when they do not hold, DAYBOOK_REQUEST_INVALID for what is no ETag
 */
export function checkPreconditions(headers: Preconditions, version: number | undefined): void {
  const match = tagsOf('if-match', headers['if-match'])
  const noneMatch = tagsOf('if-none-match', headers['if-none-match'])?.map(tag => tag.replace(/^W\//, ''))
  const names = (tags: string[]) =>
    version !== undefined && ['*', etagOf(version)].some(tag => tags.includes(tag))
  if ((match !== undefined && !names(match)) || (noneMatch !== undefined && names(noneMatch))) {
    const state = version === undefined ? 'is not there' : `is at version ${version}`
    throw new DaybookError('DAYBOOK_SCHEDULE_CHANGED', `The schedule ${state}: read it again, then decide`)
  }
}

function tagsOf(name: string, header: string | undefined): string[] | undefined {
  if (header === undefined) return undefined
  const tags = header.split(',').map(tag => tag.trim())
  if (tags.every(tag => /^(\*|(W\/)?"[^"]*")$/.test(tag))) return tags
  const faults = [{ pointer: `/headers/${name}`, detail: 'must be * or an ETag as it was given, as in "2"' }]
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'Send the ETag with its quotes', { faults })
}
