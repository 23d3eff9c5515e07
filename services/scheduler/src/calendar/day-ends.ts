import { DaybookError } from '@daybook/shared/failures/errors'
import { dayOf, endOfDay } from '@daybook/shared/time/days'

/** What ends next in a time zone: the local date, and the instant at which it is over. */
export interface NextEnd {
  nextDay: string
  nextFireAt: Date
}

/** A local date that has ended, and the instant at which it did. */
export interface EndedDay {
  day: string
  endedAt: Date
}

// Bounds what one firing stores: a scheduler that was down for longer takes several.
const MOST_DAYS = 366

/** The day that it is in a time zone, as the one that ends next. */
export function firstEnd(timeZone: string, now: Date): NextEnd {
  const nextDay = dayOf(now, timeZone)
  return { nextDay, nextFireAt: endOfDay(nextDay, timeZone) }
}

/**
 * The days of a time zone that have ended, from `nextDay` on, in order: none when it has not ended yet. The instants
 * come from the days alone, so that a zone whose clock rules changed since `nextDay` was stored ends none early.
 * @param most at most so many days; the rest follow from the next end that is returned
 * @returns the ended days, and what ends after the last of them
 */
export function endedDays(
  { nextDay, timeZone }: { nextDay: string; timeZone: string },
  now: Date,
  most = MOST_DAYS,
): { ended: EndedDay[]; next: NextEnd } {
  const ended: EndedDay[] = []
  let day = nextDay
  let endedAt = endOfDay(day, timeZone)
  while (endedAt <= now && ended.length < most) {
    ended.push({ day, endedAt })
    // Not the next date of the calendar: a zone that crosses the date line has none of that name.
    day = dayOf(endedAt, timeZone)
    endedAt = endOfDay(day, timeZone)
  }
  return { ended, next: { nextDay: day, nextFireAt: endedAt } }
}

/** The first day that an operator can end: system clocks, by which tasks are completed, count from here. */
export const FIRST_DAY = '1970-01-01'

/**
 * When a day ends that an operator ends: at its own end, or now if it is not over.
 * @param day a date of the calendar, `YYYY-MM-DD`
 * @throws DaybookError DAYBOOK_DAY_NOT_ENDABLE for a day before `FIRST_DAY`, that has not begun, or that the zone never had
 */
export function endByHand(day: string, timeZone: string, now: Date): EndedDay {
  const today = dayOf(now, timeZone)
  if (day < FIRST_DAY)
    throw notEndable(`${day} cannot be meant: the first day that can be ended is ${FIRST_DAY}`)
  if (day > today) throw notEndable(`${day} has not begun in ${timeZone}, where it is ${today}`)
  const end = endOfDay(day, timeZone)
  if (dayOf(new Date(end.getTime() - 1), timeZone) !== day) {
    throw notEndable(`${timeZone} never had a ${day}: its clocks went from the day before to the day after`)
  }
  return { day, endedAt: end < now ? end : now }
}

const notEndable = (why: string) => new DaybookError('DAYBOOK_DAY_NOT_ENDABLE', why)
