import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import type { UserSchedule } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { idleSince } from './idle-since.ts'

/** How many schedules one turn checks at most. */
export const MAX_CHECKED = 100
const INTERVAL_MS = 3_600_000
// The pause after a turn that checked MAX_CHECKED schedules. Forgetting is not urgent, so it leaves MongoDB free for firings.
const PAUSE_MS = 100

/**
 * Forgets schedules that have been idle for longer than the retention. A schedule that changes in the meantime is left as it
 * is.
 * @param retention in milliseconds
 * @returns how many schedules it checked, and how many of them it forgot
 */
export async function forgetIdle(
  schedules: Pick<Schedules, 'findMaybeIdle' | 'noteNotIdle' | 'forget'>,
  retention: number,
  now: Date,
): Promise<{ checked: number; forgotten: number }> {
  const before = new Date(now.getTime() - retention)
  const found = await schedules.findMaybeIdle(before, MAX_CHECKED)
  const idle: UserSchedule[] = []
  const others: { name: string; before: Date }[] = []
  for (const schedule of found) {
    const since = idleSince(schedule) ?? now
    if (since < before) idle.push(schedule)
    else others.push({ name: schedule._id, before: since })
  }
  await schedules.noteNotIdle(others)
  return { checked: found.length, forgotten: await schedules.forget(idle, now) }
}

/**
 * Forgets idle schedules at the start, and then every hour. Any number of processes may do so at once.
 * @param retention in milliseconds
 * @param fail called when forgetting fails for another reason than an outage
 */
export function startForgetting(
  schedules: Pick<Schedules, 'findMaybeIdle' | 'noteNotIdle' | 'forget'>,
  retention: number,
  { log, fail }: { log: Pick<Logger, 'info'>; fail: (error: Error) => void },
): { stop: () => Promise<void> } {
  return startLoop(async () => {
    try {
      const { checked, forgotten } = await forgetIdle(schedules, retention, new Date())
      if (forgotten > 0)
        log.info({ forgotten }, 'forgot schedules that were idle for SCHEDULE_RETENTION_DAYS')
      return checked === MAX_CHECKED ? PAUSE_MS : INTERVAL_MS
    } catch (error) {
      if (!isOutage(error)) throw error
      return INTERVAL_MS
    }
  }, fail)
}
