import { DaybookError } from '@daybook/shared/failures/errors'
import { isEndOfDay } from './schedule-name.ts'

/**
 * Returns a schedule that must exist.
 * @throws DaybookError DAYBOOK_SCHEDULE_NOT_FOUND
 */
export function existing<T>(name: string, schedule: T | undefined): T {
  if (schedule !== undefined) return schedule
  throw new DaybookError(
    'DAYBOOK_SCHEDULE_NOT_FOUND',
    `There is no schedule ${name}; GET /schedules lists them`,
  )
}

/**
 * Refuses a command on an end-of-day schedule: only operators' schedules can be changed and fired.
 * @throws DaybookError DAYBOOK_SCHEDULE_BUILTIN
 */
export function refuseEndOfDay(name: string): void {
  if (!isEndOfDay(name)) return
  const detail = `${name} follows the setting TIME_ZONES: change the setting, or end a day with POST /end-of-day`
  throw new DaybookError('DAYBOOK_SCHEDULE_BUILTIN', detail)
}
