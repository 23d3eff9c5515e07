import { type DayAmended, traced } from '@daybook/shared/events'
import { dayInZone } from '../../run-id.ts'
import type { Cause } from './log-amendment.ts'

/**
 * The event of a log that amends its day: when its bytes changed, or when the day was closed or reported without it. The report of
 * another time zone may have had a late completion in the log before. Then the bytes stay, and the event has an id of its own.
 * @param joining the runs that the record of the log does not name yet
 */
export function amendment(
  data: Omit<DayAmended['data'], 'amendedAt' | 'timeZone'>,
  cause: Cause,
  { changed, joining: [joining] }: { changed: boolean; joining: string[] },
): DayAmended | undefined {
  const isAfterReport = cause.late || cause.again === true
  const { day, userId, revision } = data
  const id = `day-amended:${day}:${userId}:${revision}`
  if (changed && (revision > 1 || isAfterReport))
    return amendedEvent(id, { ...data, timeZone: cause.timeZone }, cause)
  if (changed || !isAfterReport || joining === undefined) return undefined
  const { timeZone } = dayInZone(joining)
  return amendedEvent(`${id}:${timeZone}`, { ...data, timeZone }, cause)
}

function amendedEvent(
  id: string,
  data: Omit<DayAmended['data'], 'amendedAt'>,
  { traceparent }: Cause,
): DayAmended {
  const amendedAt = new Date().toISOString()
  return {
    id,
    type: 'DayAmended',
    source: '/daybook/reporting',
    subject: data.day,
    time: amendedAt,
    ...traced(traceparent),
    data: { ...data, amendedAt },
  }
}
