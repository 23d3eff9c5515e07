import { href } from '../../address/address.ts'

/** The page of the schedule that ends the days of a time zone. */
export const scheduleOfZone = (timeZone: string): string =>
  href(`/schedules/${encodeURIComponent(`end-of-day:${timeZone}`)}`)
