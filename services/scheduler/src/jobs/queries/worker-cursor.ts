import { DaybookError } from '@daybook/shared/failures/errors'

/** A place in the list of workers: after a worker. */
export interface PlaceOfWorker {
  /** Whether the worker had stopped: those come after the others. */
  stopped: boolean
  name: string
  id: string
}

const PLACE = /^(?<part>alive|stopped) (?<id>[0-9a-f-]{36}) (?<name>.*)$/is

/** Encodes a place in the list of workers. Clients treat the text as opaque and send it back unchanged. */
export const writeWorkerCursor = ({ stopped, name, id }: PlaceOfWorker): string =>
  Buffer.from(`${stopped ? 'stopped' : 'alive'} ${id} ${name}`).toString('base64url')

/**
 * Decodes a cursor.
 * @throws DaybookError DAYBOOK_REQUEST_INVALID for a text that `writeWorkerCursor` did not make
 */
export function readWorkerCursor(text: string): PlaceOfWorker {
  const { part, id = '', name = '' } = PLACE.exec(Buffer.from(text, 'base64url').toString())?.groups ?? {}
  const place = { stopped: part === 'stopped', name, id }
  if (part !== undefined && writeWorkerCursor(place) === text) return place
  const faults = [{ pointer: '/querystring/cursor', detail: 'is not a cursor of this list' }]
  const message = 'Send nextCursor of the previous page, or no cursor to start again'
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', message, { faults })
}
