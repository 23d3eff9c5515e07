import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex, type WithOutbox } from '@daybook/shared/outbox'
import { type Connection, type Model, type mongo, Schema } from 'mongoose'

/** Partition to offset, as `offsetsToJson` makes them. */
type StoredOffsets = Record<string, string>

/**
 * A run makes the logs of one day in one time zone. It passes through its states in this order. Each step can be repeated,
 * and a run waits for consumer groups to pass stored offsets, its barriers:
 * - closing: until the projection has passed `closingOffsets`;
 * - writing: a log request is sent for each user, then until the writers have passed `jobOffsets`;
 * - empty, in place of writing, when no user has a completion: it is checked once more, then removed;
 * - done: the event DayReported is stored, to be published.
 */
export interface Run extends WithOutbox {
  /** `<day>@<timeZone>` */
  _id: string
  day: string
  timeZone: string
  state: 'closing' | 'writing' | 'empty' | 'done'
  createdAt: Date
  writingAt?: Date
  doneAt?: Date
  /** The end of daybook.tasks when the day was over. */
  closingOffsets?: StoredOffsets
  /** The end of the topic of log requests when the last request of the run was in it. */
  jobOffsets?: StoredOffsets
  /** How many log requests were sent. This name and the two others are of earlier versions. */
  jobs?: number
  /** When all log requests were sent. */
  jobsSentAt?: Date
  /** The process that advances the run, and until when no other process does. */
  leaseOwner?: string
  leaseUntil?: Date
}

const runSchema = schemaOf<Run>({
  day: String,
  timeZone: String,
  state: { type: String, enum: ['closing', 'writing', 'empty', 'done'] },
  createdAt: Date,
  writingAt: Date,
  doneAt: Date,
  // Mixed, because the partitions are the names of the fields.
  closingOffsets: Schema.Types.Mixed,
  jobOffsets: Schema.Types.Mixed,
  jobs: Number,
  jobsSentAt: Date,
  leaseOwner: String,
  leaseUntil: Date,
  outbox: outboxField,
})
runSchema.index({ state: 1 }, { name: 'state' })
runSchema.index(...outboxIndex)

export const runModel = (connection: Connection): Model<Run> => modelOf(connection, 'runs', runSchema)

/** The filter for runs that are not done. */
export const notDone = { state: { $in: ['closing', 'writing', 'empty'] } } satisfies mongo.Filter<Run>
