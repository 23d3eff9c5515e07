import { currentTimeZone, storedNames } from '@daybook/shared/time/days'
import type { AnyBulkWriteOperation } from 'mongoose'
import type { EndOfDaySchedule, Schedule } from './schedule.ts'
import type { ScheduleModel } from './schedule-model.ts'
import { endOfDayName, isRenamed } from './schedule-name.ts'

/**
 * Replaces end-of-day schedules under older names of their time zones, for example `end-of-day:Asia/Calcutta`. Earlier
 * versions of the scheduler created them. An earlier version that runs beside this version fires these schedules, and creates
 * them again when it starts.
 */

/**
 * Finds the time zones of due schedules, and replaces their schedules under older names. So no day is ended under two names,
 * although an earlier version may fire the older schedule.
 * @returns whether any schedule was replaced
 */
export async function replaceOlderNames(schedules: ScheduleModel, due: Schedule[]): Promise<boolean> {
  const zones = due.flatMap(schedule =>
    schedule.kind === 'end-of-day' ? currentTimeZone(schedule.timeZone) : [],
  )
  const older = zones.flatMap(zone => storedNames(zone).filter(name => name !== zone))
  if (older.length === 0) return false
  const filter = { _id: { $in: older.map(endOfDayName) }, nextFireAt: { $exists: true } }
  const found = await schedules.find(filter).lean<Schedule[]>()
  for (const schedule of found.filter(isRenamed)) await replaceSchedule(schedules, schedule)
  return found.length > 0
}

/**
 * Replaces a schedule by a schedule under the current name of its time zone. The new schedule continues with the next day of
 * the old schedule; then the old schedule stops. Several processes can do this at the same time and repeatedly, because the
 * old schedule stays due until the last write. The outbox is copied too, so that its events are published before those of
 * later days. The events that stay in the old outbox are published once more.
 */
export async function replaceSchedule(schedules: ScheduleModel, schedule: EndOfDaySchedule): Promise<void> {
  const { _id: oldName, nextDay, nextFireAt, stats, firings, outbox = [] } = schedule
  const timeZone = currentTimeZone(schedule.timeZone)
  const _id = endOfDayName(timeZone)
  const copy = {
    kind: 'end-of-day' as const,
    timeZone,
    nextDay,
    ...(stats === undefined ? {} : { stats }),
    ...(firings === undefined ? {} : { firings }),
    ...(outbox.length === 0 ? {} : { outbox }),
  }
  // When both schedules have fired, the days before the later `nextDay` are published or wait in one of the two outboxes.
  const catchUp = {
    $set: { nextDay },
    ...(outbox.length === 0 ? {} : { $push: { outbox: { $each: outbox } } }),
  }
  const writes: AnyBulkWriteOperation<EndOfDaySchedule>[] = [
    { updateOne: { filter: { _id }, update: { $setOnInsert: copy }, upsert: true } },
    { updateOne: { filter: { _id, nextDay: { $lt: nextDay } }, update: catchUp } },
  ]
  if (nextFireAt !== undefined) {
    writes.push(
      // Starts the new schedule again, because an earlier version stops it when that version starts. A schedule that is due
      // too early fires nothing, and the firing corrects `nextFireAt`.
      { updateOne: { filter: { _id, nextFireAt: { $exists: false } }, update: { $set: { nextFireAt } } } },
      // An old schedule that fired in the meantime stays due, and is replaced before the next day is ended.
      {
        updateOne: {
          filter: { _id: oldName, nextDay, nextFireAt },
          update: { $unset: { nextFireAt: '' } },
        },
      },
    )
  }
  // The writes are ordered: after each of them the state is valid, so a crash in between does no harm.
  await schedules.bulkWrite(writes)
}
