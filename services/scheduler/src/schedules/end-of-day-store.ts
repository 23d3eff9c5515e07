import { endOfDay } from '@daybook/shared/time/days'
import type { AnyBulkWriteOperation, QueryFilter } from 'mongoose'
import { firstEnd } from '../calendar/day-ends.ts'
import { replaceSchedule } from './renamed-zone-store.ts'
import type { EndOfDaySchedule, Schedule } from './schedule.ts'
import type { ScheduleModel } from './schedule-model.ts'
import { endOfDayName, isRenamed } from './schedule-name.ts'

type Write = AnyBulkWriteOperation<EndOfDaySchedule>

/** A day of a time zone whose EndOfDay event is not published although its deadline has passed. */
export interface OverdueDay {
  timeZone: string
  day: string
}

// All names of end-of-day schedules: `;` is the character after `:`.
const endOfDaySchedules = { _id: { $gte: 'end-of-day:', $lt: 'end-of-day;' } }

const find = (schedules: ScheduleModel, filter: QueryFilter<Schedule> = {}) =>
  schedules.find({ ...endOfDaySchedules, ...filter }).lean<EndOfDaySchedule[]>()

/**
 * Brings the end-of-day schedules in line with the listed time zones. A missing schedule is created and starts with the
 * current day. A schedule whose zone is not listed stops. It fires the missed days when its zone is listed again. A schedule
 * under an older name of its time zone is replaced.
 */
export async function synchroniseTimeZones(
  schedules: ScheduleModel,
  timeZones: readonly string[],
  now: Date,
): Promise<void> {
  const listed = new Set(timeZones)
  for (const schedule of (await find(schedules)).filter(isRenamed)) await replaceSchedule(schedules, schedule)
  const existing = await find(schedules)
  const writes = [
    ...createMissing(timeZones, existing, now),
    ...existing.flatMap(schedule => (listed.has(schedule.timeZone) ? start(schedule) : stop(schedule))),
  ]
  if (writes.length > 0) await schedules.bulkWrite(writes, { ordered: false, throwOnValidationError: true })
}

/** Creates schedules by upserts, because another scheduler may start at the same time. */
function createMissing(timeZones: readonly string[], existing: EndOfDaySchedule[], now: Date): Write[] {
  const known = new Set(existing.map(({ timeZone }) => timeZone))
  return timeZones
    .filter(timeZone => !known.has(timeZone))
    .map(timeZone => ({
      updateOne: {
        filter: { _id: endOfDayName(timeZone) },
        update: { $setOnInsert: { kind: 'end-of-day' as const, timeZone, ...firstEnd(timeZone, now) } },
        upsert: true,
      },
    }))
}

/** Starts a stopped schedule. The filter includes the day, because another process may have started and fired it since. */
function start({ _id, nextDay, timeZone, nextFireAt }: EndOfDaySchedule): Write[] {
  if (nextFireAt !== undefined) return []
  const update = { $set: { nextFireAt: endOfDay(nextDay, timeZone) } }
  return [{ updateOne: { filter: { _id, nextDay, nextFireAt: { $exists: false } }, update } }]
}

const stop = ({ _id, nextFireAt }: EndOfDaySchedule): Write[] =>
  nextFireAt === undefined ? [] : [{ updateOne: { filter: { _id }, update: { $unset: { nextFireAt: '' } } } }]

/**
 * Finds days that ended before an instant and are not published. For each time zone it returns the first day that has not
 * fired, and all days that have fired but whose event is not published.
 */
export async function overdueDays(schedules: ScheduleModel, before: Date): Promise<OverdueDay[]> {
  const isWaiting = { 'outbox.event.data.endedAt': { $lte: before.toISOString() } }
  return overdueOf(await find(schedules, { $or: [{ nextFireAt: { $lte: before } }, isWaiting] }), before)
}

/** The days of schedules that ended before an instant and are not published. */
export const overdueOf = (schedules: EndOfDaySchedule[], before: Date): OverdueDay[] =>
  schedules.flatMap(({ timeZone, nextDay, nextFireAt, outbox = [] }) => {
    const isFired = nextFireAt === undefined || nextFireAt > before
    return [...unpublished(outbox, before), ...(isFired ? [] : [nextDay])].map(day => ({ timeZone, day }))
  })

/**
 * Returns the days in an outbox that ended before an instant. Leaves out days that an operator ended, because they are not
 * late: their events carry the trace of a request.
 */
function unpublished(outbox: NonNullable<EndOfDaySchedule['outbox']>, before: Date): string[] {
  const late = outbox.flatMap(({ event }) => {
    const { day, endedAt } = event.data as { day: string; endedAt: string }
    return event.traceparent === undefined && endedAt <= before.toISOString() ? [day] : []
  })
  return [...new Set(late)]
}
