import type { Envelope } from '@daybook/shared/events'
import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import { type EmbeddedEvent, outboxEntries, outboxIndex } from '@daybook/shared/outbox'
import type { Connection, mongo } from 'mongoose'
import { keptEvents } from './event-encoding.ts'
import { type OverdueDay, overdueDays } from './overdue-query.ts'
import type { Schedule, UserSchedule } from './schedule.ts'
import { openEndOfDays } from './time-zone-sync.ts'
import type { Update } from './update.ts'

export interface Schedules {
  collection: mongo.Collection<Schedule>
  /** Those that are due, the longest due first, at most `MOST_DUE` of them; without outbox and audit, as all below. */
  due: (now: Date) => Promise<Schedule[]>
  /** How many are due. */
  countDue: (now: Date) => Promise<number>
  /** One by its name, also a deleted one, or that of a time zone that is not listed. */
  read: (name: string) => Promise<Schedule | undefined>
  /** One by its name, as `list` has it. */
  find: (name: string) => Promise<Schedule | undefined>
  /** Those of operators, and those of listed time zones, by name. */
  list: (page: { after?: string; kind?: Schedule['kind']; limit: number }) => Promise<Schedule[]>
  /** A schedule's audit: its newest changes and its firings by hand, in order; undefined when the name was never used. */
  audit: (name: string, limit: number) => Promise<Pick<UserSchedule, 'changes' | 'firedByHand'> | undefined>
  /** The days that ended before an instant and whose EndOfDay is not published. */
  overdue: (before: Date) => Promise<OverdueDay[]>
  /**
   * Changes a schedule and stores events, as one compare-and-set: of several that read it, one changes it.
   * @param where what must be so beside the name: all that the change was decided on
   * @returns the events as its outbox holds them; undefined when nothing was changed
   */
  store: (
    name: string,
    where: object,
    update: Update,
    events: Envelope[],
  ) => Promise<EmbeddedEvent[] | undefined>
}

/** How many schedules one query gives: a tick that has more to do is followed by the next at once. */
export const MOST_DUE = 500

/**
 * What must be so of an operator's schedule before it stores events: no more than 256 KB of them wait to be published.
 * The events of a firing, at most 366 of 8 KB each, and an audit of 10 MB fit beside them into MongoDB's 16 MB; and what
 * waits through an outage of Kafka stays bounded.
 */
export const notFull = { $expr: { $lt: [{ $bsonSize: { outbox: '$outbox' } }, 262_144] } }

/** After how many seconds to ask again where it does not hold: the relay sweeps every 5 s. */
export const WHILE_FULL = 5

/** Of operators' schedules that are not forgotten, those that have nothing to fire, by when to look at them. */
const idleIndex = {
  key: { nextFireAt: 1, notIdleBefore: 1 },
  name: 'idle',
  partialFilterExpression: { definition: { $exists: true } },
} as const

/** Leaves out what may be large. */
export const light = { projection: { outbox: 0, changes: 0, firedByHand: 0 } }
const visible = {
  $or: [{ kind: 'user' as const, deletedAt: { $exists: false } }, { nextFireAt: { $exists: true } }],
}

/** Opens the collection, and makes, rests and wakes end-of-day schedules by the time zones that are listed. */
export async function openSchedules(
  connection: Connection,
  timeZones: readonly string[],
  now: Date,
): Promise<Schedules> {
  const collection = collectionOf<Schedule>(connection, 'schedules')
  await collection.createIndexes([{ key: { nextFireAt: 1 }, name: 'due' }, idleIndex, outboxIndex])
  await openEndOfDays(collection, timeZones, now)

  return {
    collection,
    due: instant =>
      collection
        .find({ nextFireAt: { $lte: instant }, $or: [{ kind: 'end-of-day' }, notFull] }, light)
        .sort({ nextFireAt: 1 })
        .limit(MOST_DUE)
        .toArray(),
    countDue: instant => collection.countDocuments({ nextFireAt: { $lte: instant } }),
    read: async name => (await collection.findOne({ _id: name }, light)) ?? undefined,
    find: async name => (await collection.findOne({ _id: name, ...visible }, light)) ?? undefined,
    list: ({ after = '', kind, limit }) =>
      collection
        .find({ _id: { $gt: after }, ...(kind === undefined ? {} : { kind }), ...visible }, light)
        .sort({ _id: 1 })
        .limit(limit)
        .toArray(),
    async audit(name, limit) {
      const newest = { $slice: [{ $ifNull: ['$changes', []] }, -limit] }
      const projection = { changes: newest, firedByHand: 1 }
      return (await collection.findOne<UserSchedule>({ _id: name }, { projection })) ?? undefined
    },
    overdue: before => overdueDays(collection, before),
    async store(name, where, update, events) {
      const kept = keptEvents(events)
      const push = kept.length > 0 ? { outbox: { $each: outboxEntries(kept) } } : {}
      const $push = { ...update.$push, ...push }
      const change = { ...update, ...(Object.keys($push).length > 0 ? { $push } : {}) }
      const filter = { _id: name, ...where } as mongo.Filter<Schedule>
      const { matchedCount } = await collection.updateOne(filter, change as mongo.UpdateFilter<Schedule>)
      return matchedCount === 1 ? kept.map(event => ({ document: name, event })) : undefined
    },
  }
}
