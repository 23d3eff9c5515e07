import { DaybookError } from '@daybook/shared/failures/errors'
import { canonicalTimeZone } from '@daybook/shared/time/days'
import { isOver } from '../reruns/plan-days.ts'
import { type DayInZone, dayInZone } from '../run-id.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'

/**
 * Says why there is no run.
 * @returns DAYBOOK_RUN_NOT_FOUND when the day is not over, or does not exist; DAYBOOK_DAY_EMPTY when it was closed;
 *   DAYBOOK_RUN_PENDING when it is over, and its end was not received yet
 */
export async function noRun(
  id: string,
  { closedDays }: { closedDays: Pick<ClosedDays, 'pastClosing'> },
): Promise<DaybookError> {
  const one = existing(dayInZone(id))
  const error = (code: DaybookError['code'], why: string) =>
    new DaybookError(code, `There is no run ${id}: ${why}`)
  if (one === undefined) return error('DAYBOOK_RUN_NOT_FOUND', 'there is no such day or time zone')
  if ((await closedDays.pastClosing([one])).size > 0) {
    return error('DAYBOOK_DAY_EMPTY', 'the day is over in this time zone, and no task was completed on it')
  }
  if (!isOver(one, new Date())) return error('DAYBOOK_RUN_NOT_FOUND', 'the day is not over in this time zone')
  const why = 'the day is over in this time zone, and its end was not received yet. POST /runs makes the run'
  return error('DAYBOOK_RUN_PENDING', why)
}

function existing({ day, timeZone: name }: DayInZone): DayInZone | undefined {
  const timeZone = canonicalTimeZone(name)
  const date = new Date(day)
  // A Date accepts a 30th of February.
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
  return timeZone === undefined || !isDay ? undefined : { day, timeZone }
}
