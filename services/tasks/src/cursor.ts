import { DaybookError } from '@daybook/shared/failures/errors'

/** The orders of the list of tasks, newest first: by creation, which is the order of ids, and by last change. */
export const orders = ['-createdAt', '-updatedAt'] as const
export type Order = (typeof orders)[number]

/** A place in the list of tasks: after the task `id`. `updatedAt` is set only in the order by last change. */
export interface Cursor {
  id: string
  updatedAt?: string | undefined
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const INSTANT = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z'
const form = new RegExp(`^(?:(${INSTANT}) )?(${ID})$`)

/**
 * Encodes the place after a task. Clients treat the text as opaque and send it back unchanged.
 * @param order the order of the list
 */
export const writeCursor = ({ id, updatedAt }: Required<Cursor>, order: Order): string =>
  Buffer.from(order === '-updatedAt' ? `${updatedAt} ${id}` : id).toString('base64url')

/**
 * Decodes a cursor of a list in the given order. Earlier versions of Daybook had only the order by last change, so their
 * cursors belong to `-updatedAt`.
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for a text that `writeCursor` did not make, or made for the other order
 */
export function readCursor(text: string, order: Order): Cursor {
  const [, updatedAt, id] = form.exec(Buffer.from(text, 'base64url').toString()) ?? []
  if (id === undefined) throw refused('is not a cursor of this list')
  if (order === '-createdAt' && updatedAt !== undefined) {
    throw refused(
      'belongs to the order by last change, which was the default before: send no cursor to start again in the order by creation, or add sort=-updatedAt to continue in the old order',
    )
  }
  if (order === '-updatedAt' && updatedAt === undefined) {
    throw refused('belongs to the order by creation: send it without sort, or send no cursor to start again')
  }
  return { id, updatedAt }
}

function refused(detail: string): DaybookError {
  const faults = [{ pointer: '/querystring/cursor', detail }]
  const message = 'Send nextCursor of the previous page with the same sort, or no cursor to start again'
  return new DaybookError('DAYBOOK_REQUEST_INVALID', message, { faults })
}
