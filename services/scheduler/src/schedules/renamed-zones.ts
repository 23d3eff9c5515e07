import { canonicalTimeZone, storedNames } from '@daybook/shared/time/days'
import type { mongo } from 'mongoose'
import { type EndOfDaySchedule, endOfDaySchedule, type Schedule } from './schedule.ts'

/**
 * End-of-day schedules under an older name of their time zone (`end-of-day:Asia/Calcutta`). Earlier versions of the
 * scheduler made them; one that runs beside this one fires them, and makes them again when it starts.
 */

type Collection = mongo.Collection<Schedule>
type Write = mongo.AnyBulkWriteOperation<Schedule>

/** Whether a schedule is such a one. */
export const isRenamed = (schedule: Schedule): schedule is EndOfDaySchedule =>
  schedule.kind === 'end-of-day' && currentZone(schedule) !== schedule.timeZone

/** The current name of its time zone; as it is where this Node does not know it, so that firing tells of it. */
const currentZone = ({ timeZone }: EndOfDaySchedule) => canonicalTimeZone(timeZone) ?? timeZone

/**
 * Replaces what there is under older names of the time zones whose schedules are due, so that no day is ended under two
 * names: whoever fires the other one is not asked.
 * @returns whether there was any
 */
export async function replaceBeforeFiring(collection: Collection, due: Schedule[]): Promise<boolean> {
  const zones = due.flatMap(one => (one.kind === 'end-of-day' ? currentZone(one) : []))
  const older = zones.flatMap(zone => storedNames(zone).filter(name => name !== zone))
  if (older.length === 0) return false
  const filter = { _id: { $in: older.map(endOfDaySchedule) }, nextFireAt: { $exists: true } }
  const found = await collection.find(filter).toArray()
  for (const one of found.filter(isRenamed)) await replace(collection, one)
  return found.length > 0
}

/**
 * Replaces a schedule by the one under the current name, which goes on with its next day; then it rests. All of it can
 * be done again, by several at once: until the last write it is due as before. What waits in its outbox is copied as
 * well, so that no later day is published before it: the copy that stays is published once more.
 */
export async function replace(collection: Collection, schedule: EndOfDaySchedule): Promise<void> {
  const { _id: old, nextDay, nextFireAt, stats, outbox = [] } = schedule
  const timeZone = currentZone(schedule)
  const _id = endOfDaySchedule(timeZone)
  const kept = {
    kind: 'end-of-day' as const,
    timeZone,
    nextDay,
    ...(stats === undefined ? {} : { stats }),
    ...(outbox.length === 0 ? {} : { outbox }),
  }
  // Where both were fired, the days before the later one have been published, or wait, under whichever name.
  const goOn = { $set: { nextDay }, ...(outbox.length === 0 ? {} : { $push: { outbox: { $each: outbox } } }) }
  const writes: Write[] = [
    { updateOne: { filter: { _id }, update: { $setOnInsert: kept }, upsert: true } },
    { updateOne: { filter: { _id, nextDay: { $lt: nextDay } }, update: goOn } },
  ]
  if (nextFireAt !== undefined) {
    writes.push(
      // An earlier version that starts lets the new one rest. One that is due too early fires nothing, and is set right.
      { updateOne: { filter: { _id, nextFireAt: { $exists: false } }, update: { $set: { nextFireAt } } } },
      // One that was fired meanwhile stays, and is replaced before the next day is ended.
      { updateOne: { filter: { _id: old, nextDay, nextFireAt }, update: { $unset: { nextFireAt: '' } } } },
    )
  }
  await collection.bulkWrite(writes)
}
