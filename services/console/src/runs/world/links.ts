import { href } from '../../address/address.ts'
import { schedulePath } from '../../address/page-paths.ts'

/** The page of the schedule that ends the days of a time zone. */
export const scheduleOfZone = (timeZone: string): string => href(schedulePath(`end-of-day:${timeZone}`))
