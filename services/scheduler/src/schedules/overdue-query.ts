import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { mongo } from 'mongoose'
import type { Logger } from 'pino'
import { type EndOfDaySchedule, endOfDays, type Schedule } from './schedule.ts'
import type { Schedules } from './schedule-store.ts'

/** A day of a time zone whose EndOfDay is not published although it is time. */
export interface OverdueDay {
  timeZone: string
  day: string
}

/** @returns the days that ended before an instant and are not fired, the first of each time zone, or not published */
export async function overdueDays(
  collection: mongo.Collection<Schedule>,
  before: Date,
): Promise<OverdueDay[]> {
  const waiting = { 'outbox.event.data.endedAt': { $lte: before.toISOString() } }
  const found = collection.find({ ...endOfDays, $or: [{ nextFireAt: { $lte: before } }, waiting] })
  const schedules = (await found.toArray()) as EndOfDaySchedule[]
  return schedules.flatMap(({ timeZone, nextDay, nextFireAt, outbox = [] }) => {
    const isFired = nextFireAt === undefined || nextFireAt > before
    return [...unpublished(outbox, before), ...(isFired ? [] : [nextDay])].map(day => ({ timeZone, day }))
  })
}

/** A day ended by hand carries the trace of a request, and is no day that ended just now. */
function unpublished(outbox: NonNullable<EndOfDaySchedule['outbox']>, before: Date): string[] {
  const late = outbox.flatMap(({ event }) => {
    const { day, endedAt } = event.data as { day: string; endedAt: string }
    return event.traceparent === undefined && endedAt <= before.toISOString() ? [day] : []
  })
  return [...new Set(late)]
}

const EACH = 10_000

/**
 * Tells the log of each day that is overdue, once.
 * @param deadline how long after its end a day may go unpublished, in milliseconds
 * @param fail called when asking fails for another reason than an outage
 */
export function watchOverdue(
  schedules: Pick<Schedules, 'overdue'>,
  deadline: number,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): { stop: () => Promise<void> } {
  let told = new Set<string>()
  let isFirst = true

  async function look(): Promise<void> {
    const overdue = await schedules.overdue(new Date(Date.now() - deadline))
    const key = ({ day, timeZone }: OverdueDay) => `${day}@${timeZone}`
    for (const one of overdue.filter(one => !told.has(key(one)))) {
      const what = `${one.day} ended in ${one.timeZone} more than ${deadline / 1000} s ago, and is not published`
      log.error({ code: 'DAYBOOK_DAY_OVERDUE', ...one }, what)
    }
    told = new Set(overdue.map(key))
  }

  return startLoop(async () => {
    try {
      // What a start finds missed is fired before the second turn.
      if (!isFirst) await look()
      isFirst = false
    } catch (error) {
      if (!isOutage(error)) throw error
    }
    return EACH
  }, fail)
}
