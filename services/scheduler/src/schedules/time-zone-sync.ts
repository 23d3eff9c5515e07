import { endOfDay } from '@daybook/shared/time/days'
import type { mongo } from 'mongoose'
import { firstEnd } from '../calendar/day-ends.ts'
import { isRenamed, replace } from './renamed-zones.ts'
import { type EndOfDaySchedule, endOfDaySchedule, endOfDays, type Schedule } from './schedule.ts'

type Collection = mongo.Collection<Schedule>
type Write = mongo.AnyBulkWriteOperation<Schedule>

/**
 * Brings the end-of-day schedules in line with the listed time zones: what is missing is made, and begins with the day
 * that it is there; what is not listed rests, and fires what it missed when it is listed again; what is under an older
 * name of its time zone is replaced.
 */
export async function openEndOfDays(
  collection: Collection,
  timeZones: readonly string[],
  now: Date,
): Promise<void> {
  const listed = new Set(timeZones)
  const find = async () => (await collection.find(endOfDays).toArray()) as EndOfDaySchedule[]
  for (const one of (await find()).filter(isRenamed)) await replace(collection, one)
  const existing = await find()
  const updates = [
    ...missing(timeZones, existing, now),
    ...existing.flatMap(one => (listed.has(one.timeZone) ? woken(one) : rested(one))),
  ]
  if (updates.length > 0) await collection.bulkWrite(updates, { ordered: false })
}

/** Upserts: another scheduler may be starting as well. */
function missing(timeZones: readonly string[], existing: EndOfDaySchedule[], now: Date): Write[] {
  const known = new Set(existing.map(({ timeZone }) => timeZone))
  return timeZones
    .filter(timeZone => !known.has(timeZone))
    .map(timeZone => ({
      updateOne: {
        filter: { _id: endOfDaySchedule(timeZone) },
        update: { $setOnInsert: { kind: 'end-of-day' as const, timeZone, ...firstEnd(timeZone, now) } },
        upsert: true,
      },
    }))
}

/** Whoever woke it before may have fired it since: hence the day in the filter. */
function woken({ _id, nextDay, timeZone, nextFireAt }: EndOfDaySchedule): Write[] {
  if (nextFireAt !== undefined) return []
  const update = { $set: { nextFireAt: endOfDay(nextDay, timeZone) } }
  const filter = { _id, nextDay, nextFireAt: { $exists: false } }
  return [{ updateOne: { filter, update } }]
}

function rested({ _id, nextFireAt }: EndOfDaySchedule): Write[] {
  return nextFireAt === undefined
    ? []
    : [{ updateOne: { filter: { _id }, update: { $unset: { nextFireAt: '' } } } }]
}
