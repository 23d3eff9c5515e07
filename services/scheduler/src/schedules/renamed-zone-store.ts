import { storedNames } from '@daybook/shared/time/days'
import type { AnyBulkWriteOperation } from 'mongoose'
import type { EndOfDaySchedule, Schedule } from './schedule.ts'
import type { ScheduleModel } from './schedule-model.ts'
import { currentZone, endOfDayName, isRenamed } from './schedule-name.ts'

/**
 * Replaces end-of-day schedules under older names of their time zones, for example `end-of-day:Asia/Calcutta`. Earlier
 * versions of the scheduler created them. Such a version that runs beside this one fires them, and creates them again
 * when it starts.
 */

/**
 * Finds the time zones of due schedules, and replaces their schedules under older names. So no day is ended under two names,
 * although an earlier version may fire the older schedule.
 * @returns whether any schedule was replaced
 */
export async function replaceOlderNames(schedules: ScheduleModel, due: Schedule[]): Promise<boolean> {
  const zones = due.flatMap(schedule => (schedule.kind === 'end-of-day' ? currentZone(schedule) : []))
  const older = zones.flatMap(zone => storedNames(zone).filter(name => name !== zone))
  if (older.length === 0) return false
  const filter = { _id: { $in: older.map(endOfDayName) }, nextFireAt: { $exists: true } }
  const found = await schedules.find(filter).lean<Schedule[]>()
  for (const schedule of found.filter(isRenamed)) await replaceSchedule(schedules, schedule)
  return found.length > 0
}

/**
 * Replaces a schedule by one under the current name of its time zone, which continues with its next day; then the old one
 * stops. Several processes can do this at once and repeatedly, because the old schedule stays due until the last write. The
 * outbox is copied too, so that no later day is published before its events; the old copy is published once more.
 */
export async function replaceSchedule(schedules: ScheduleModel, schedule: EndOfDaySchedule): Promise<void> {
  const { _id: oldName, nextDay, nextFireAt, stats, outbox = [] } = schedule
  const timeZone = currentZone(schedule)
  const _id = endOfDayName(timeZone)
  const copy = {
    kind: 'end-of-day' as const,
    timeZone,
    nextDay,
    ...(stats === undefined ? {} : { stats }),
    ...(outbox.length === 0 ? {} : { outbox }),
  }
  // When both schedules have fired, the days before the later `nextDay` are published or wait under one of the names.
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
      // An earlier version stops the new schedule when it starts. A schedule that is due too early fires nothing, and is
      // corrected.
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
  // Ordered: the writes before a crash leave a sound state.
  await schedules.bulkWrite(writes)
}
