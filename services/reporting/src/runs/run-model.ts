import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex, type WithOutbox } from '@daybook/shared/outbox'
import { type Connection, type Model, type mongo, Schema } from 'mongoose'

/** Partition to offset, as `offsetsToJson` makes them. */
type StoredOffsets = Record<string, string>

/**
 * A run writes the logs of one day in one time zone. Each of its steps can be repeated. At a barrier the run waits until a
 * consumer group has passed stored offsets. The states, in order:
 * - closing: waits until tasks has published everything from before `endedAt`, then until the projection has passed
 *   `closingOffsets`;
 * - writing: sends a log request for each user, then waits until the writers have passed `jobOffsets`;
 * - empty, after writing if no completion counts: checks this once more, then the run is removed;
 * - done: the event DayReported is stored, and the relay publishes it.
 */
export interface Run extends WithOutbox {
  /** `<day>@<timeZone>` */
  _id: string
  day: string
  timeZone: string
  state: 'closing' | 'writing' | 'empty' | 'done'
  createdAt: Date
  /** When the day ended, by its EndOfDay. Absent from runs that a late completion made, or an earlier version. */
  endedAt?: Date
  /** The trace context of what made it, if it is known: of the EndOfDay, or of a late completion. */
  traceparent?: string
  writingAt?: Date
  doneAt?: Date
  /** The end offsets of daybook.tasks: those of a TasksPublished, or read after the day was over if there is no `endedAt`. */
  closingOffsets?: StoredOffsets
  /** The end offsets of the topic of log requests, read after the last request of the run was sent. */
  jobOffsets?: StoredOffsets
  /** How many log requests were sent. The names `jobs`, `jobOffsets` and `jobsSentAt` come from earlier versions. */
  jobs?: number
  /** How many users and completions were listed; absent from runs whose requests an earlier version sent. */
  counts?: { users: number; completions: number }
  /** When all log requests were sent. */
  jobsSentAt?: Date
  /** As in DayReported. Absent from runs that an earlier version finished. */
  manifestSha256?: string
  /** The process that holds the lease of the run, and the instant at which the lease expires. */
  leaseOwner?: string
  leaseUntil?: Date
}

const runSchema = schemaOf<Run>({
  day: String,
  timeZone: String,
  state: { type: String, enum: ['closing', 'writing', 'empty', 'done'] },
  createdAt: Date,
  endedAt: Date,
  traceparent: String,
  writingAt: Date,
  doneAt: Date,
  // Mixed, because the partitions are the names of the fields.
  closingOffsets: Schema.Types.Mixed,
  jobOffsets: Schema.Types.Mixed,
  jobs: Number,
  counts: partSchemaOf<NonNullable<Run['counts']>>({ users: Number, completions: Number }),
  jobsSentAt: Date,
  manifestSha256: String,
  leaseOwner: String,
  leaseUntil: Date,
  outbox: outboxField,
})
runSchema.index({ state: 1 }, { name: 'state' })
runSchema.index({ timeZone: 1, _id: -1 }, { name: 'newest first by time zone' })
runSchema.index(...outboxIndex)

export const runModel = (connection: Connection): Model<Run> => modelOf(connection, 'runs', runSchema)

/** For whom a run waits that is not done: tasks has to publish TasksPublished, or consumers of reporting have to catch up. */
export const waitingFor = ['tasks', 'projection', 'writers'] as const
export type WaitsFor = (typeof waitingFor)[number]

export function waitsFor({ state, endedAt, closingOffsets }: Run): WaitsFor {
  if (state !== 'closing') return 'writers'
  return endedAt !== undefined && closingOffsets === undefined ? 'tasks' : 'projection'
}

/** The filter for runs that are not done. */
export const notDone = { state: { $in: ['closing', 'writing', 'empty'] } } satisfies mongo.Filter<Run>
