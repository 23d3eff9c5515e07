import type { Envelope } from '@daybook/shared/events'
import { collectionOf } from '@daybook/shared/mongo'
import { type EmbeddedEvent, outboxEntries, outboxIndex, type WithOutbox } from '@daybook/shared/outbox'
import type { Connection, mongo } from 'mongoose'
import { firstEnd, type NextEnd } from './end-of-day.ts'

/** A document of the collection `schedules`; its `_id` is its name, the key of its records in daybook.clock. */
export interface Schedule extends WithOutbox, NextEnd {
  kind: 'end-of-day'
  timeZone: string
}

/** The schedules of the listed time zones. Those of other zones rest: listed again, they fire what they missed. */
export interface Schedules {
  collection: mongo.Collection<Schedule>
  /** All of them, by name. */
  all: () => Promise<Schedule[]>
  /** Those that have something to fire. */
  due: (now: Date) => Promise<Schedule[]>
  /**
   * Moves a schedule on and stores the events of its firing, as one compare-and-set: of several schedulers that read
   * it, one fires it.
   * @param read the schedule as it was read
   * @returns all that its outbox now holds, in order: what a crash left there goes out first; undefined when another
   * scheduler was first
   */
  fire: (read: Schedule, next: NextEnd, events: Envelope[]) => Promise<EmbeddedEvent[] | undefined>
  /**
   * Stores an event that an operator asked for; what fires next stays as it is.
   * @returns as `fire` does; undefined when the time zone has no schedule
   */
  storeByHand: (timeZone: string, event: Envelope) => Promise<EmbeddedEvent[] | undefined>
}

/** The name of the schedule that ends a time zone's days. */
export const endOfDaySchedule = (timeZone: string) => `end-of-day:${timeZone}`

/** Opens the collection and makes the schedules that are missing, each beginning with the day that it is there. */
export async function openSchedules(
  connection: Connection,
  timeZones: readonly string[],
  now: Date,
): Promise<Schedules> {
  const collection = collectionOf<Schedule>(connection, 'schedules')
  await collection.createIndexes([{ key: { nextFireAt: 1 }, name: 'due' }, outboxIndex])
  await makeMissing(collection, timeZones, now)

  const listed = { timeZone: { $in: [...timeZones] } }
  const withoutOutbox = { projection: { outbox: 0 } }
  const store = async (filter: mongo.Filter<Schedule>, update: object, events: Envelope[]) => {
    const push = events.length > 0 ? { $push: { outbox: { $each: outboxEntries(events) } } } : {}
    const stored = await collection.findOneAndUpdate(
      filter,
      { ...update, ...push },
      { returnDocument: 'after' },
    )
    if (stored === null) return undefined
    return (stored.outbox ?? []).map(({ event }) => ({ document: stored._id, event }))
  }
  return {
    collection,
    all: () => collection.find(listed, withoutOutbox).sort({ _id: 1 }).toArray(),
    due: instant => collection.find({ ...listed, nextFireAt: { $lte: instant } }, withoutOutbox).toArray(),
    fire: ({ _id, nextFireAt }, next, events) => store({ _id, nextFireAt }, { $set: next }, events),
    storeByHand: (timeZone, event) => store({ ...listed, _id: endOfDaySchedule(timeZone) }, {}, [event]),
  }
}

async function makeMissing(
  collection: mongo.Collection<Schedule>,
  timeZones: readonly string[],
  now: Date,
): Promise<void> {
  const existing = new Set(await collection.distinct('timeZone'))
  const missing = timeZones.filter(timeZone => !existing.has(timeZone))
  // Upserts: another scheduler may be starting as well.
  const inserts = missing.map(timeZone => ({
    updateOne: {
      filter: { _id: endOfDaySchedule(timeZone) },
      update: { $setOnInsert: { kind: 'end-of-day' as const, timeZone, ...firstEnd(timeZone, now) } },
      upsert: true,
    },
  }))
  if (inserts.length > 0) await collection.bulkWrite(inserts, { ordered: false })
}
