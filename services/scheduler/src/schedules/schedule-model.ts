import type { Envelope } from '@daybook/shared/events'
import { absentArray, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import type { Change, EndOfDaySchedule, FiredByHand, PastFiring, Schedule, UserSchedule } from './schedule.ts'

/** A document of the collection: it has the fields of its kind of schedule only. */
export type StoredSchedule = Pick<Schedule, '_id' | 'kind'> &
  Partial<Omit<EndOfDaySchedule, '_id' | 'kind'>> &
  Partial<Omit<UserSchedule, '_id' | 'kind'>>

export type ScheduleModel = Model<StoredSchedule>

const pastFiring = { at: Date, slot: Date, lateMs: Number, leftOut: Number, id: String, by: String }
const firedByHand = { version: Number, at: Date, by: String }

/** The collection `schedules`. `EndOfDaySchedule` and `UserSchedule` say what the fields mean. */
const scheduleSchema = schemaOf<StoredSchedule>({
  kind: { type: String, enum: ['end-of-day', 'user'] },
  nextFireAt: Date,
  stats: {
    fired: Number,
    missed: Number,
    caughtUp: Number,
    lastSlot: Date,
    lastFiredAt: Date,
    lateMs: Number,
  },
  firedIn: String,
  outbox: outboxField,
  firings: { type: [partSchemaOf<PastFiring>(pastFiring)], ...absentArray },

  // Only in end-of-day schedules.
  timeZone: String,
  nextDay: String,

  // Only in operators' schedules.
  version: Number,
  definition: String,
  anchor: Date,
  nextSlot: Date,
  firedByHandAt: Date,
  firedByHand: { type: [partSchemaOf<FiredByHand>(firedByHand)], ...absentArray },
  deletedAt: Date,
  notIdleBefore: Date,
  changes: {
    type: [partSchemaOf<Change>({ ...firedByHand, action: String, definition: String })],
    ...absentArray,
  },
})
scheduleSchema.index({ nextFireAt: 1 }, { name: 'due' })
// Contains only operators' schedules that have a definition. Schedules that are not due at any time come first, ordered by
// when to check them.
scheduleSchema.index(
  { nextFireAt: 1, notIdleBefore: 1 },
  { name: 'idle', partialFilterExpression: { definition: { $exists: true } } },
)
scheduleSchema.index(...outboxIndex)

export const scheduleModel = (connection: Connection): ScheduleModel =>
  modelOf(connection, 'schedules', scheduleSchema)

/** Leaves out the arrays of a schedule, which may be large. */
export const withoutHistory = { outbox: 0, changes: 0, firedByHand: 0, firings: 0 } as const

/**
 * The filter for schedules that may store more events: less than 256 KB of their events wait to be published. A document then
 * stays below MongoDB's limit of 16 MB, because one firing adds at most 366 events of 8 KB, and an audit has at most 10 MB. The
 * bound also limits the backlog during an outage of Kafka.
 */
export const hasRoomForEvents = { $expr: { $lt: [{ $bsonSize: { outbox: '$outbox' } }, 262_144] } }

/** The condition on a field that a document does not have. */
export const absent = { $exists: false } as const

/** Makes the part of an update that sets fields and removes those that are undefined. */
export function settingFields(fields: object) {
  const entries = Object.entries(fields)
  const removed = entries.filter(([, value]) => value === undefined).map(([name]) => [name, ''])
  const $set = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  return removed.length === 0 ? { $set } : { $set, $unset: Object.fromEntries(removed) }
}

/**
 * Encodes events for the outbox: the data of a firing and of its job become JSON text. Not all data of operators can be stored as BSON, for
 * example a field whose name contains NUL or is `_bsontype`.
 */
export const encodeEvents = (events: Envelope[]): Envelope[] =>
  events.map(event =>
    event.type === 'ScheduleFired' || event.type === 'JobRequested'
      ? { ...event, data: JSON.stringify(event.data) }
      : event,
  )

/** Decodes events of the outbox: reverses `encodeEvents`. */
export const decodeEvents = (events: Envelope[]): Envelope[] =>
  events.map(event => (typeof event.data === 'string' ? { ...event, data: JSON.parse(event.data) } : event))
