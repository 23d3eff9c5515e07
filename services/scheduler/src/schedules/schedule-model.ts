import type { Envelope } from '@daybook/shared/events'
import { absentArray, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import type { Change, EndOfDaySchedule, FiredByHand, Schedule, UserSchedule } from './schedule.ts'

/** A document with the fields of both kinds of schedules, of which each has its own. */
export type StoredSchedule = Pick<Schedule, '_id' | 'kind'> &
  Partial<Omit<EndOfDaySchedule, '_id' | 'kind'>> &
  Partial<Omit<UserSchedule, '_id' | 'kind'>>

export type ScheduleModel = Model<StoredSchedule>

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
  outbox: outboxField,

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
// Holds operators' schedules that keep their definition. Those with nothing to fire come first, by when to check them.
scheduleSchema.index(
  { nextFireAt: 1, notIdleBefore: 1 },
  { name: 'idle', partialFilterExpression: { definition: { $exists: true } } },
)
scheduleSchema.index(...outboxIndex)

export const scheduleModel = (connection: Connection): ScheduleModel =>
  modelOf(connection, 'schedules', scheduleSchema)

/** Leaves out the arrays of a schedule, which may be large. */
export const withoutHistory = { outbox: 0, changes: 0, firedByHand: 0 } as const

/**
 * The filter for a schedule that may store more events: at most 256 KB of its events wait to be published. Beside them fit
 * the events of one firing, at most 366 of 8 KB each, and an audit of 10 MB: MongoDB's limit is 16 MB. The bound also
 * limits what accumulates during an outage of Kafka.
 */
export const hasRoomForEvents = { $expr: { $lt: [{ $bsonSize: { outbox: '$outbox' } }, 262_144] } }

/** Makes the part of an update that sets fields and removes those that are undefined. */
export function settingFields(fields: object) {
  const entries = Object.entries(fields)
  const removed = entries.filter(([, value]) => value === undefined).map(([name]) => [name, ''])
  const $set = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  return removed.length === 0 ? { $set } : { $set, $unset: Object.fromEntries(removed) }
}

/**
 * Encodes events for the outbox: the data of a firing become JSON text. An operator's data may not be BSON, for example
 * when a name contains NUL or is `_bsontype`.
 */
export const encodeEvents = (events: Envelope[]): Envelope[] =>
  events.map(event =>
    event.type === 'ScheduleFired' ? { ...event, data: JSON.stringify(event.data) } : event,
  )

/** Decodes events of an outbox: they are as they were before `encodeEvents`. */
export const decodeEvents = (events: Envelope[]): Envelope[] =>
  events.map(event => (typeof event.data === 'string' ? { ...event, data: JSON.parse(event.data) } : event))
