import type { PlaceInList, WantedSchedules } from '../schedules/list-store.ts'
import type { Schedule } from '../schedules/schedule.ts'

type Order = WantedSchedules['sort']

/** Encodes the place after a schedule in the list: its name, in the order of the next firings with its next firing before it. */
export const writePlace = ({ _id: name, nextFireAt }: Schedule, order: Order): string =>
  order === 'name' ? name : `${nextFireAt?.toISOString() ?? '-'} ${name}`

/** Decodes a place. A text that `writePlace` did not make is a place, too: the one after a name. */
export function readPlace(text: string, order: Order): PlaceInList {
  const [, next, name] = /^(\S+) (.*)$/s.exec(text) ?? []
  if (order === 'name' || next === undefined || name === undefined) return { name: text }
  const nextFireAt = new Date(next)
  return Number.isNaN(nextFireAt.getTime()) ? { name } : { name, nextFireAt }
}
