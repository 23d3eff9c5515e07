import { DaybookError } from '@daybook/shared/failures/errors'
import { nameStrongly, nameWeakly, requireTags } from '@daybook/shared/http'

export interface Preconditions {
  'if-match'?: string | undefined
  'if-none-match'?: string | undefined
}

/**
 * Checks If-Match, by strong comparison, and If-None-Match, by weak comparison.
 * @param version that of the schedule's definition, which its ETag is; undefined when there is no such schedule
 * @throws DaybookError DAYBOOK_SCHEDULE_CHANGED when they do not hold, DAYBOOK_REQUEST_INVALID for what is no ETag
 */
export function checkPreconditions(headers: Preconditions, version: number | undefined): void {
  const match = requireTags('if-match', headers['if-match'])
  const noneMatch = requireTags('if-none-match', headers['if-none-match'])
  const isOther = match !== undefined && !nameStrongly(match, version)
  if (!isOther && (noneMatch === undefined || !nameWeakly(noneMatch, version))) return
  const state = version === undefined ? 'is not there' : `is at version ${version}`
  throw new DaybookError('DAYBOOK_SCHEDULE_CHANGED', `The schedule ${state}: read it again, then decide`)
}
