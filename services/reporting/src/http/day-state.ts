import { dayOf, endOfDay } from '@daybook/shared/time/days'
import { runId } from '../run-id.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Runs } from '../runs/run-store.ts'

/** The state of a day that has no log. */
export type DayState = 'open' | 'pending' | 'writing' | 'empty'

interface Day {
  day: string
  /** The time zones in which the user has completed tasks on that day. */
  zones: readonly string[]
  /** The time zone that says whether the day is over for a user who has completed nothing. */
  ownTimeZone: string
}

interface StateDeps {
  runs: Pick<Runs, 'find'>
  closedDays: Pick<ClosedDays, 'pastClosing' | 'latest'>
}

// More than one, because an operator may have ended a day of one of them early. Few, because the clock changes of a time zone take
// a megabyte of memory.
const ZONES_COMPARED = 3

/**
 * Says why a user's day has no log.
 * @returns open: the day is not over in any of the time zones; pending: it is over in one of them, and its events are not all
 *   projected yet; writing: its logs are written now; empty: its events are projected, and the user has completed nothing
 */
export async function dayState(
  { day, zones: ofTasks, ownTimeZone }: Day,
  { runs, closedDays }: StateDeps,
): Promise<DayState> {
  const isEmpty = ofTasks.length === 0
  const zones = isEmpty ? [ownTimeZone] : ofTasks
  const found = await runs.find(zones.map(zone => runId(day, zone)))
  if (!isEmpty && found.some(({ state }) => state === 'writing' || state === 'done')) return 'writing'
  const closed = await closedDays.pastClosing(zones.map(timeZone => ({ day, timeZone })))
  if (closed.size > 0) return isEmpty ? 'empty' : 'writing'
  const now = new Date()
  const isOver = found.length > 0 || zones.some(zone => day < dayOf(now, zone))
  if (!isOver) return 'open'
  return isEmpty && (await isPassed(endOfDay(day, ownTimeZone), now, closedDays)) ? 'empty' : 'pending'
}

/**
 * Whether a day is closed that ended at an instant or later, in any time zone: then the projection has all events from before that
 * instant. So the days of a time zone that is not listed are over too, although nobody ends them.
 */
async function isPassed(instant: Date, now: Date, closedDays: StateDeps['closedDays']): Promise<boolean> {
  const closed = (await closedDays.latest(ZONES_COMPARED)).map(({ _id, closedThrough }) =>
    endOfDay(closedThrough, _id),
  )
  // A day that an operator has ended early says nothing about the rest of it.
  return closed.some(end => instant <= end && end <= now)
}

/** Each state as the end of a sentence about the log. */
export const reasonOf: Record<DayState, string> = {
  open: 'the day is not over',
  pending: 'the day is over, and its last events are not processed yet',
  writing: 'it is written now',
  empty: 'no task was completed on this day',
}
