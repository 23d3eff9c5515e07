import { type Envelope, endOfDayEvent, scheduleFiredEvent } from '@daybook/shared/events'
import { endedDays } from '../calendar/day-ends.ts'
import { dueSlots, fireTime, MISSED } from '../calendar/due-slots.ts'
import { definitionOf, timingOf } from '../definitions/definition.ts'
import type { EndOfDaySchedule, Schedule, UserSchedule } from '../schedules/schedule.ts'

/** What one firing of a schedule does. */
export interface Firing {
  events: Envelope[]
  /** The fields that move the schedule on; undefined ones are taken away. */
  next: { nextFireAt: Date | undefined; nextDay?: string; nextSlot?: Date | undefined }
  tally: Tally
  /** Under which name it is counted in the metrics. */
  series: string
}

/** What a firing adds to a schedule's stats. */
export interface Tally {
  fired: number
  missed: number
  caughtUp: number
  /** The last slot fired, and by how many milliseconds it was late. */
  last?: { slot: Date; lateMs: number }
}

/** All schedules that fire once are one series: as reminders, there may be any number of them. */
const ONE_OFF = 'one-off'

/** @returns what is due of a schedule now: it may be nothing, or leave more that is due */
export const firingOf = (schedule: Schedule, now: Date): Firing =>
  schedule.kind === 'end-of-day' ? endOfDayFiring(schedule, now) : userFiring(schedule, now)

function endOfDayFiring({ _id, timeZone, nextDay }: EndOfDaySchedule, now: Date): Firing {
  const { ended, next } = endedDays({ nextDay, timeZone }, now)
  const lateness = ended.map(({ endedAt }) => now.getTime() - endedAt.getTime())
  const missed = lateness.filter(late => late > MISSED).length
  const last = ended.at(-1)
  return {
    events: ended.map(({ day, endedAt }) => endOfDayEvent(day, timeZone, endedAt, _id)),
    next,
    series: _id,
    tally: {
      fired: ended.length,
      missed,
      caughtUp: missed,
      ...(last === undefined ? {} : { last: { slot: last.endedAt, lateMs: lateness.at(-1) as number } }),
    },
  }
}

function userFiring(schedule: UserSchedule, now: Date): Firing {
  const { _id: name, anchor, nextSlot } = schedule
  if (nextSlot === undefined) throw new TypeError(`${name} is due for no slot`)
  const definition = definitionOf(schedule)
  const timing = timingOf(name, definition, anchor)
  const { fired, leftOut, next } = dueSlots({ ...timing, nextSlot }, now)
  const caughtUp = fired.filter(({ missed }) => missed).length
  const events = fired.map(({ slot, missed }) => {
    const at = { slot: slot.toISOString(), firedAt: now.toISOString() }
    const data = { schedule: name, ...at, missed, byHand: false, data: definition.data ?? {} }
    return scheduleFiredEvent(`firing:${name}:${at.slot}`, data)
  })
  const last = fired.at(-1)?.slot
  return {
    events,
    next: { nextSlot: next?.nextSlot, nextFireAt: next?.nextFireAt },
    series: definition.at === undefined ? name : ONE_OFF,
    tally: {
      fired: fired.length,
      missed: caughtUp + leftOut,
      caughtUp,
      ...(last ? { last: { slot: last, lateMs: now.getTime() - fireTime(timing, last.getTime()) } } : {}),
    },
  }
}
