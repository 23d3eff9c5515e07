import { DaybookError } from '@daybook/shared/failures/errors'
import type { PlaceInList } from '../schedules/list-store.ts'
import type { Schedule } from '../schedules/schedule.ts'

type Order = 'name' | 'next'

// Names have no spaces.
const form = /^(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|-) )?(\S+)$/

/** Encodes the place after a schedule. */
export const writePlace = ({ _id: name, nextFireAt }: Schedule, order: Order): string =>
  order === 'name' ? name : `${nextFireAt?.toISOString() ?? '-'} ${name}`

/** @throws DaybookError DAYBOOK_REQUEST_INVALID for a text that `writePlace` did not make for this order */
export function readPlace(text: string, order: Order): PlaceInList {
  const [, next, name] = form.exec(text) ?? []
  if (name === undefined || (next === undefined) !== (order === 'name')) {
    const detail = 'is not `nextAfter` of a page in this order'
    const faults = [{ pointer: '/querystring/after', detail }]
    throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
  }
  return { name, nextFireAt: next === undefined || next === '-' ? undefined : new Date(next) }
}
