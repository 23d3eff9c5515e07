import { endOfDayEvent, scheduleFiredEvent } from '@daybook/shared/events'
import { endedDays } from '../calendar/day-ends.ts'
import { dueSlots, MISSED_AFTER_MS } from '../calendar/due-slots.ts'
import { fireTime } from '../calendar/firing-time.ts'
import { definitionOf, timingOf } from '../definitions/definition.ts'
import type { EndOfDaySchedule, Firing, Schedule, UserSchedule } from '../schedules/schedule.ts'
import { firingId } from '../schedules/schedule-name.ts'
import { requestedJob } from './requested-job.ts'

export interface PlannedFiring extends Firing {
  /** The name of the schedule in the metrics. */
  series: string
}

/** All schedules that fire once share one series in the metrics, because there may be any number of them. */
const ONE_OFF = 'one-off'

/** Plans the firing of a schedule. A plan may have no event, or only the first of the due events. */
export const planFiring = (schedule: Schedule, now: Date): PlannedFiring =>
  schedule.kind === 'end-of-day' ? planEndOfDay(schedule, now) : planSlots(schedule, now)

function planEndOfDay({ _id, timeZone, nextDay }: EndOfDaySchedule, now: Date): PlannedFiring {
  const { ended, next } = endedDays({ nextDay, timeZone }, now)
  const lateness = ended.map(({ endedAt }) => now.getTime() - endedAt.getTime())
  const missed = lateness.filter(late => late > MISSED_AFTER_MS).length
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
    past: ended.map(({ endedAt }, i) => ({ at: now, slot: endedAt, lateMs: lateness[i] as number })),
  }
}

function planSlots(schedule: UserSchedule, now: Date): PlannedFiring {
  const { _id: name, anchor, nextSlot } = schedule
  if (nextSlot === undefined) throw new TypeError(`${name} is due, but has no next slot`)
  const definition = definitionOf(schedule)
  const timing = timingOf(name, definition, anchor)
  const { fired, leftOut, next } = dueSlots({ ...timing, nextSlot }, now)
  const caughtUp = fired.filter(({ missed }) => missed).length
  const events = fired.flatMap(({ slot, missed }) => {
    const at = { slot: slot.toISOString(), firedAt: now.toISOString() }
    const data = { schedule: name, ...at, missed, byHand: false, data: definition.data ?? {} }
    const event = scheduleFiredEvent(firingId(name, at.slot), data)
    return [event, ...requestedJob(event, definition)]
  })
  const past = fired.map(({ slot }) => {
    return { at: now, slot, lateMs: now.getTime() - fireTime(timing, slot.getTime()) }
  })
  const last = past.at(-1)
  return {
    events,
    next: { nextSlot: next?.nextSlot, nextFireAt: next?.nextFireAt },
    series: definition.at === undefined ? name : ONE_OFF,
    tally: {
      fired: fired.length,
      missed: caughtUp + leftOut,
      caughtUp,
      ...(last ? { last: { slot: last.slot, lateMs: last.lateMs } } : {}),
    },
    past: leftOut > 0 ? [{ at: now, leftOut }, ...past] : past,
  }
}
