import { DaybookError } from '@daybook/shared/errors'

/** A place in the list of tasks, newest change first: after this task. */
export interface Cursor {
  updatedAt: string
  id: string
}

/** A cursor as clients get it: opaque, to be sent back as it is. */
export const writeCursor = ({ updatedAt, id }: Cursor): string =>
  Buffer.from(`${updatedAt} ${id}`).toString('base64url')

/** @throws DaybookError DAYBOOK_REQUEST_INVALID for what `writeCursor` did not make */
export function readCursor(text: string): Cursor {
  const [, updatedAt, id] = /^(\S{24}) ([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (updatedAt !== undefined && id !== undefined) return { updatedAt, id }
  const faults = [{ pointer: '/querystring/cursor', detail: 'is not a cursor that this list gave' }]
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'Send nextCursor of the page before, or none', { faults })
}
