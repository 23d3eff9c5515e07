import { endOfDayEvent } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { dayOf } from '@daybook/shared/time/days'
import { endByHand } from '../calendar/day-ends.ts'
import { endOfDayName } from '../schedules/schedule-name.ts'
import { type ByHandResult, RETRY_WHILE_FULL } from './fire-by-hand.ts'
import { type FiringDeps, fire } from './fire-due.ts'

/**
 * Ends a day now, even if it has ended before. The end-of-day schedule stays as it is: it also ends the day at the regular
 * time.
 * @param request.by who ends it: the token's `sub`
 * @param request.day the local date; today in the time zone, if not given
 * @param request.timeZone a time zone by its current name
 * @returns the day and the result
 * @throws DaybookError DAYBOOK_DAY_NOT_ENDABLE; DAYBOOK_REQUEST_INVALID when TIME_ZONES does not list the time zone
 */
export async function endDayByHand(
  deps: FiringDeps,
  request: { by: string; day: string | undefined; timeZone: string; now: Date; traceparent: string },
): Promise<{ day: string } & ByHandResult> {
  const { by, timeZone, now, traceparent } = request
  const { day, endedAt } = endByHand(request.day ?? dayOf(now, timeZone), timeZone, now)
  const name = endOfDayName(timeZone)
  const event = { ...endOfDayEvent(day, timeZone, endedAt, name), traceparent }
  await fireMissedDays(deps, name, now)
  const stored = await deps.schedules.recordDayEndedByHand(name, { at: now, by }, event)
  if (stored !== undefined) {
    deps.relay.offer(stored)
    return { day, id: event.id }
  }
  if ((await deps.schedules.find(name)) === undefined) throw notListed(timeZone)
  return { day, why: `too many ends of day of ${timeZone} wait for Kafka`, retryAfter: RETRY_WHILE_FULL }
}

/**
 * Fires earlier days that are over and wait for the next tick, so that they are published before the day that is ended by
 * hand.
 */
async function fireMissedDays(deps: FiringDeps, name: string, now: Date): Promise<void> {
  for (;;) {
    const schedule = await deps.schedules.find(name)
    if (schedule?.nextFireAt === undefined || schedule.nextFireAt > now) return
    if ((await fire(deps, schedule, now)) === 'done') return
  }
}

function notListed(timeZone: string): DaybookError {
  const detail = `${timeZone} has no schedule here, so its days do not end: the setting TIME_ZONES must list it`
  return new DaybookError('DAYBOOK_REQUEST_INVALID', detail, {
    faults: [
      { pointer: '/timeZone', detail: 'has no schedule; GET /schedules lists the time zones that have one' },
    ],
  })
}
