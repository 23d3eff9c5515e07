import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import { endOfDay } from '@daybook/shared/time/days'
import type { Logger } from 'pino'
import type { Mailer } from '../mail/mailer.ts'
import type { OverdueDay } from '../schedules/end-of-day-store.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

const INTERVAL_MS = 10_000
const ABOUT = 'days'

/**
 * Logs each overdue day once, and tells the operators by mail about overdue days and about their end.
 * @param deadline how long after its end a day may go unpublished, in milliseconds
 * @param fail called when the query fails for another reason than an outage
 */
export function watchOverdue(
  schedules: Pick<Schedules, 'overdue'>,
  deadline: number,
  {
    log,
    fail,
    mailer,
  }: { log: Logger; fail: (error: Error) => void; mailer: Pick<Mailer, 'report' | 'recovered'> },
): { stop: () => Promise<void> } {
  let logged = new Set<string>()
  let isFirst = true

  async function tellNewlyOverdue(now: Date): Promise<void> {
    const overdue = await schedules.overdue(new Date(now.getTime() - deadline))
    const key = ({ day, timeZone }: OverdueDay) => `${day}@${timeZone}`
    const found = overdue.filter(one => !logged.has(key(one)))
    await mailer.report(found.map(one => incidentOf(one, deadline)))
    if (overdue.length === 0) await mailer.recovered([{ about: ABOUT, at: now, isSettled: true }])
    for (const { day, timeZone } of found) {
      const message = `${day} ended in ${timeZone} more than ${deadline / 1000} s ago, and its EndOfDay is not published`
      log.error({ code: 'DAYBOOK_DAY_OVERDUE', day, timeZone }, message)
    }
    logged = new Set(overdue.map(key))
  }

  return startLoop(async () => {
    try {
      // The first turn checks nothing, because after a start the ticker still has to fire the missed days.
      if (!isFirst) await tellNewlyOverdue(new Date())
      isFirst = false
    } catch (error) {
      if (!isOutage(error)) throw error
    }
    return INTERVAL_MS
  }, fail)
}

/** The same for all days, so that they share one mail. Several schedulers report a day with the same instant, so it counts once. */
const incidentOf = ({ day, timeZone }: OverdueDay, deadline: number) => ({
  about: ABOUT,
  error: `A day ended more than ${deadline / 1000} s ago, and its EndOfDay is not published`,
  subject: `${day} in ${timeZone}`,
  at: new Date(endOfDay(day, timeZone).getTime() + deadline),
  to: [],
})
