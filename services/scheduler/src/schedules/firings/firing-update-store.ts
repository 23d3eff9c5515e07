import type { OutboxEntry } from '@daybook/shared/outbox'
import type { Firing, Schedule } from '../schedule.ts'
import { hasRoomForEvents, type StoredSchedule } from '../schedule-model.ts'

/** A schedule as it was read, and the firing that was planned for it. */
export interface ReadyFiring {
  read: Schedule
  firing: Firing
}

/** A look for due schedules by one process. */
export interface Tick {
  /** Unlike the id of any other tick. */
  id: string
  now: Date
}

// What must still be as it was read. A change of a definition changes the version.
const decidedOn = ['version', 'nextSlot', 'nextDay', 'nextFireAt'] as const
// What a firing sets. Fields that it leaves out are removed; a schedule has only those of its kind.
const next = ['nextFireAt', 'nextSlot', 'nextDay'] as const

/** An expression with the place of the current document among firings. */
const placeIn = (firings: ReadyFiring[]) => ({
  $indexOfArray: [{ $literal: firings.map(({ read }) => read._id) }, '$_id'],
})

/** An expression that picks the value of the current document from those of all firings. */
const pick = (place: string, values: unknown[]) => ({ $arrayElemAt: [{ $literal: values }, place] })

/** An expression: whether the firing of the current document may still be recorded. */
export function areUnchanged(firings: ReadyFiring[]) {
  const wereRead = firings.map(({ read }) => decidedOn.map(field => (read as StoredSchedule)[field] ?? null))
  const are = decidedOn.map(field => ({ $ifNull: [`$${field}`, null] }))
  const mayStore = { $or: [{ $eq: ['$kind', 'end-of-day'] }, hasRoomForEvents.$expr] }
  const isUnchanged = { $eq: [are, pick('$$place', wereRead)] }
  return { $let: { vars: { place: placeIn(firings) }, in: { $and: [isUnchanged, mayStore] } } }
}

/**
 * An update by pipeline that records in each document its firing.
 * @param entries for each firing what it adds to the outbox
 */
export function firingUpdate(firings: ReadyFiring[], entries: OutboxEntry[][], { id, now }: Tick) {
  const each = (value: (firing: Firing, i: number) => unknown) =>
    pick(
      '$place',
      firings.map(({ firing }, i) => value(firing, i)),
    )
  const orRemoved = (value: object) => ({ $ifNull: [value, '$$REMOVE'] })
  const count = (name: 'fired' | 'missed' | 'caughtUp') => ({
    $add: [{ $ifNull: [`$stats.${name}`, 0] }, each(({ tally }) => tally[name])],
  })
  const lastFiring = ({ tally: { last } }: Firing) =>
    last === undefined ? {} : { lastSlot: last.slot, lastFiredAt: now, lateMs: last.lateMs }
  const counts = { fired: count('fired'), missed: count('missed'), caughtUp: count('caughtUp') }
  const waiting = { $concatArrays: [{ $ifNull: ['$outbox', []] }, each((_, i) => entries[i])] }
  return [
    // Found once for each document, because the search compares with all names.
    { $set: { place: placeIn(firings) } },
    {
      $set: {
        ...Object.fromEntries(
          next.map(field => [field, orRemoved(each(firing => firing.next[field] ?? null))]),
        ),
        stats: { $mergeObjects: ['$stats', each(lastFiring), counts] },
        outbox: { $cond: [{ $eq: [waiting, []] }, '$$REMOVE', waiting] },
        firedIn: id,
      },
    },
    { $unset: 'place' },
  ]
}
