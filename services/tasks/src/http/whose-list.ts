import { DaybookError } from '@daybook/shared/failures/errors'
import type { User } from '@daybook/shared/http'
import type { Order } from '../cursor.ts'

/** The parameters of a list which say whose tasks it contains. */
interface Asked {
  user?: string
  allUsers?: 'true' | 'false'
  sort?: Order
}

/**
 * The user whose tasks a list contains; undefined: all users.
 * @throws DaybookError DAYBOOK_AUTH_FORBIDDEN, or DAYBOOK_REQUEST_INVALID for parameters that exclude each other
 */
export function ownerOf(query: Asked, user: User): string | undefined {
  const { user: named, sort } = query
  const allUsers = query.allUsers === 'true'
  if ((allUsers || (named ?? user.id) !== user.id) && !user.admin) throw forbidden()
  if (!allUsers) return named ?? user.id
  if (named !== undefined) throw excluded('user')
  if (sort !== undefined && sort !== '-createdAt') throw excluded('sort')
  return undefined
}

function excluded(parameter: string): DaybookError {
  const faults = [{ pointer: `/querystring/${parameter}`, detail: 'cannot be combined with allUsers' }]
  return new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
}

const forbidden = () =>
  new DaybookError('DAYBOOK_AUTH_FORBIDDEN', "Only a token with the scope admin may list other users' tasks")
