import { DaybookError } from '@daybook/shared/failures/errors'
import { dayOf, endOfDay } from '@daybook/shared/time/days'

/** The day that ends next in a time zone: the local date, and the instant at which it ends. */
export interface NextEnd {
  nextDay: string
  nextFireAt: Date
}

/** A local date that has ended, and the instant at which it ended. */
export interface EndedDay {
  day: string
  endedAt: Date
}

// Bounds the events that one firing stores. After a longer downtime several firings follow each other.
const MAX_DAYS = 366

/** The current day of a time zone, which is the day that ends next. */
export function firstEnd(timeZone: string, now: Date): NextEnd {
  const nextDay = dayOf(now, timeZone)
  return { nextDay, nextFireAt: endOfDay(nextDay, timeZone) }
}

/**
 * The days of a time zone that have ended, from `nextDay` on, in order; none when `nextDay` has not ended. The instants are
 * computed from the days under the current rules of the zone. So no day ends early when these rules changed after `nextDay`
 * was stored.
 * @param most the greatest number of days; call again with the returned `next` for the rest
 * @returns the ended days, and the day that ends after them
 */
export function endedDays(
  { nextDay, timeZone }: { nextDay: string; timeZone: string },
  now: Date,
  most = MAX_DAYS,
): { ended: EndedDay[]; next: NextEnd } {
  const ended: EndedDay[] = []
  let day = nextDay
  let endedAt = endOfDay(day, timeZone)
  while (endedAt <= now && ended.length < most) {
    ended.push({ day, endedAt })
    // The next day is not always the next calendar date: a zone that crosses the date line skips a date.
    day = dayOf(endedAt, timeZone)
    endedAt = endOfDay(day, timeZone)
  }
  return { ended, next: { nextDay: day, nextFireAt: endedAt } }
}

/** The first day that an operator can end. No task is completed earlier: system clocks count from this day. */
export const FIRST_DAY = '1970-01-01'

/**
 * Computes when a day ends that an operator ends: at its regular end, or now if the day is not over.
 * @param day a date of the calendar, `YYYY-MM-DD`
 * @throws DaybookError DAYBOOK_DAY_NOT_ENDABLE for a day that is before `FIRST_DAY`, has not begun, or was skipped in the
 *   zone
 */
export function endByHand(day: string, timeZone: string, now: Date): EndedDay {
  const today = dayOf(now, timeZone)
  if (day < FIRST_DAY)
    throw notEndable(`${day} is too early: the first day that can be ended is ${FIRST_DAY}`)
  if (day > today) throw notEndable(`${day} has not begun in ${timeZone}: today is ${today} there`)
  const end = endOfDay(day, timeZone)
  if (dayOf(new Date(end.getTime() - 1), timeZone) !== day) {
    throw notEndable(`${timeZone} skipped ${day}: its clocks went from the day before to the day after`)
  }
  return { day, endedAt: end < now ? end : now }
}

const notEndable = (why: string) => new DaybookError('DAYBOOK_DAY_NOT_ENDABLE', why)
