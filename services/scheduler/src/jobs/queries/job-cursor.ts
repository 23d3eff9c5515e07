import { DaybookError } from '@daybook/shared/failures/errors'

const ID = /^[A-Za-z0-9][A-Za-z0-9._:~-]{0,254}$/

/** Encodes the place after a job in a list. Clients treat the text as opaque and send it back unchanged. */
export const writeCursor = (id: string): string => Buffer.from(id).toString('base64url')

/**
 * Decodes a cursor.
 * @param pointer where the request has it, for the fault
 * @returns the id of the job after which the list continues
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for a text that `writeCursor` did not make
 */
export function readCursor(text: string, pointer = '/querystring/cursor'): string {
  const id = Buffer.from(text, 'base64url').toString()
  if (ID.test(id) && writeCursor(id) === text) return id
  const faults = [{ pointer, detail: 'is not a cursor of this list' }]
  const message = 'Send nextCursor of the previous page, or no cursor to start again'
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', message, { faults })
}
