import { DaybookError } from '@daybook/shared/failures/errors'
import type { User } from '@daybook/shared/http'

/**
 * Returns the id of the user whose day is asked for.
 * @param wanted the user that the request names; default: the user who asks
 * @throws DaybookError DAYBOOK_AUTH_FORBIDDEN when somebody who is no admin asks for another user
 */
export function whose(user: User, wanted: string | undefined): string {
  if (wanted === undefined || wanted === user.id) return user.id
  if (user.admin) return wanted
  throw new DaybookError(
    'DAYBOOK_AUTH_FORBIDDEN',
    "Only a token with the scope admin may read another user's day",
  )
}
