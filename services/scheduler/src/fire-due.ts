import { endOfDayEvent } from '@daybook/shared/events'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import { endedDays } from './end-of-day.ts'
import type { Schedule, Schedules } from './schedules.ts'

/**
 * Fires every schedule that is due, with all the days that it missed; days beyond the most of one firing stay due.
 * @throws the first trouble, after all of them were tried
 */
export async function fireDue(
  schedules: Schedules,
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>,
  now: Date,
): Promise<void> {
  const due = await schedules.due(now)
  const firings = await Promise.allSettled(
    due.map(async schedule => {
      const stored = await fire(schedules, schedule, now)
      if (stored !== undefined) relay.offer(stored)
    }),
  )
  const failed = firings.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

function fire(schedules: Schedules, schedule: Schedule, now: Date): Promise<EmbeddedEvent[] | undefined> {
  const { ended, next } = endedDays(schedule, now)
  const events = ended.map(({ day, endedAt }) => endOfDayEvent(day, schedule.timeZone, endedAt, schedule._id))
  return schedules.fire(schedule, next, events)
}
