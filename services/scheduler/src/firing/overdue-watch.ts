import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import type { OverdueDay } from '../schedules/end-of-day-store.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

const INTERVAL_MS = 10_000

/**
 * Logs each overdue day once.
 * @param deadline how long after its end a day may go unpublished, in milliseconds
 * @param fail called when the query fails for another reason than an outage
 */
export function watchOverdue(
  schedules: Pick<Schedules, 'overdue'>,
  deadline: number,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): { stop: () => Promise<void> } {
  let logged = new Set<string>()
  let isFirst = true

  async function logNewlyOverdue(): Promise<void> {
    const overdue = await schedules.overdue(new Date(Date.now() - deadline))
    const key = ({ day, timeZone }: OverdueDay) => `${day}@${timeZone}`
    for (const { day, timeZone } of overdue.filter(one => !logged.has(key(one)))) {
      const message = `${day} ended in ${timeZone} more than ${deadline / 1000} s ago, and its EndOfDay is not published`
      log.error({ code: 'DAYBOOK_DAY_OVERDUE', day, timeZone }, message)
    }
    logged = new Set(overdue.map(key))
  }

  return startLoop(async () => {
    try {
      // The first turn checks nothing, because after a start the ticker still has to fire the missed days.
      if (!isFirst) await logNewlyOverdue()
      isFirst = false
    } catch (error) {
      if (!isOutage(error)) throw error
    }
    return INTERVAL_MS
  }, fail)
}
