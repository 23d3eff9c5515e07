import type { LetterPlace } from '../dead-letters/letter-source-store.ts'
import { DaybookError } from '../failures/errors.ts'

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (.{1,1000})$/

/** Encodes a place in a list of dead letters. Clients treat the text as opaque and send it back unchanged. */
export const writeCursor = ({ parkedAt, id }: LetterPlace): string =>
  Buffer.from(`${parkedAt.toISOString()} ${id}`).toString('base64url')

/**
 * Decodes a cursor.
 * @param pointer where the request has it, for the fault
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for a text that `writeCursor` did not make
 */
export function readCursor(text: string, pointer: string): LetterPlace {
  const [, instant = '', id = ''] = form.exec(Buffer.from(text, 'base64url').toString()) ?? []
  const parkedAt = new Date(instant)
  if (!Number.isNaN(parkedAt.getTime())) {
    const place = { parkedAt, id }
    if (writeCursor(place) === text) return place
  }
  const faults = [{ pointer, detail: 'is not a cursor of this list' }]
  const message = 'Send nextCursor of the previous answer, or no cursor to start again'
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', message, { faults })
}
