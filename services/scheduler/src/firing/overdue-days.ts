import type { Failure } from '@daybook/shared/incidents/failure'
import { MAX_FAILURES, type Watched } from '@daybook/shared/incidents/watch-failures'
import { endOfDay } from '@daybook/shared/time/days'
import type { Logger } from 'pino'
import type { OverdueDay } from '../schedules/end-of-day-store.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

const ABOUT = 'days'
const LINK =
  'What to do: docs/operations.md, "Days that are not published". GET /health/ready of the scheduler says what is wrong.'

/**
 * The overdue days as failures.
 * @param deadline how long after its end a day may go unpublished, in milliseconds
 */
export function overdueDays(
  schedules: Pick<Schedules, 'overdue'>,
  deadline: number,
  log: Logger,
): Watched<Failure & OverdueDay> {
  return {
    abouts: [ABOUT],
    async find(now) {
      const found = await schedules.overdue(new Date(now.getTime() - deadline))
      return found
        .map(one => failureOf(one, deadline))
        .sort((a, b) => a.at.getTime() - b.at.getTime())
        .slice(-MAX_FAILURES)
    },
    logNew: ({ day, timeZone }) => {
      const message = `${day} ended in ${timeZone} more than ${deadline / 1000} s ago, and its EndOfDay is not published`
      log.error({ code: 'DAYBOOK_DAY_OVERDUE', day, timeZone }, message)
    },
  }
}

/** The same error for all days, so that they share one mail. */
const failureOf = ({ day, timeZone }: OverdueDay, deadline: number): Failure & OverdueDay => ({
  about: ABOUT,
  error: `A day ended more than ${deadline / 1000} s ago, and its EndOfDay is not published`,
  subject: `${day} in ${timeZone}`,
  id: `${day}@${timeZone}`,
  at: new Date(endOfDay(day, timeZone).getTime() + deadline),
  link: LINK,
  day,
  timeZone,
})
