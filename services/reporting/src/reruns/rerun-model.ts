import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { type Connection, type Model, Schema } from 'mongoose'

/** An order of an operator to write the logs of days again, or for the first time. `_id` is a UUIDv7. */
export interface Rerun {
  _id: string
  /** The first and the last day, as the request had them. */
  from: string
  to: string
  /** The only user whose logs are written again; absent: all users. */
  userId?: string
  /** Only logs that could not be written are written again. Earlier versions do not know it, and write all. */
  onlyFailed?: boolean
  /** The operator's `sub`. */
  by: string
  state: 'running' | 'done'
  /** How many days in time zones it is about. */
  days: number
  createdAt: Date
  /** When it last came closer to its end: it had its turn, or a day was done. */
  advancedAt: Date
  /** When it had its turn: its first day was begun. Earlier versions do not set it. */
  begunAt?: Date
  doneAt?: Date
}

/**
 * A rerun's part of one day in one time zone. Each of its steps can be repeated. The states, in order:
 * - waiting: nothing has been done;
 * - following: there was no run, or it was not done. Waits until the run is done, or found to be empty;
 * - writing: the run was done, and log requests were sent again. Waits until the writers have passed `requestsEnd`;
 * - done.
 */
export interface RerunDay {
  /** `<rerun>/<day>@<timeZone>` */
  _id: string
  rerun: string
  day: string
  timeZone: string
  /** As in the rerun. */
  userId?: string
  onlyFailed?: boolean
  /** The trace context of the order. Earlier versions do not set it. */
  traceparent?: string
  state: 'waiting' | 'following' | 'writing' | 'done'
  createdAt: Date
  /** The log requests that were sent, and the offsets of their topic before the first and after the last of them. */
  requests?: number
  requestsStart?: Record<string, string>
  requestsEnd?: Record<string, string>
  /** When the log requests were sent, by the clock of the process that sent them. */
  sentAt?: Date
  doneAt?: Date
  result?: DayResult
  /** The process that holds the lease, and the instant at which the lease expires. */
  leaseOwner?: string
  leaseUntil?: Date
}

/** What became of the logs of a day in a time zone. */
export interface DayResult {
  /** `run`: the run of the day wrote the logs; `again`: they were written again; `empty`: no task was completed. */
  how: 'run' | 'again' | 'empty'
  users: number
  completions: number
  written: number
  /** How many logs have other bytes than before. */
  changed: number
  failed: number
  /** The first logs that could not be written. */
  failures: { userId: string; error: string }[]
}

const rerunSchema = schemaOf<Rerun>({
  from: String,
  to: String,
  userId: String,
  onlyFailed: Boolean,
  by: String,
  state: { type: String, enum: ['running', 'done'] },
  days: Number,
  createdAt: Date,
  advancedAt: Date,
  begunAt: Date,
  doneAt: Date,
})
const daySchema = schemaOf<RerunDay>({
  rerun: String,
  day: String,
  timeZone: String,
  userId: String,
  onlyFailed: Boolean,
  traceparent: String,
  state: { type: String, enum: ['waiting', 'following', 'writing', 'done'] },
  createdAt: Date,
  requests: Number,
  // Mixed, because the partitions are the names of the fields.
  requestsStart: Schema.Types.Mixed,
  requestsEnd: Schema.Types.Mixed,
  sentAt: Date,
  doneAt: Date,
  result: Schema.Types.Mixed,
  leaseOwner: String,
  leaseUntil: Date,
})
// An order is forgotten a year after it was made, whatever became of it.
const forgotten = { name: 'forgotten', expireAfterSeconds: 366 * 86_400 }
rerunSchema.index({ state: 1 }, { name: 'state' })
rerunSchema.index({ createdAt: 1 }, forgotten)
daySchema.index({ rerun: 1, state: 1 }, { name: 'days of a rerun' })
daySchema.index({ day: 1, timeZone: 1, rerun: -1 }, { name: 'reruns of a run' })
daySchema.index({ createdAt: 1 }, forgotten)

export const rerunModel = (connection: Connection): Model<Rerun> => modelOf(connection, 'reruns', rerunSchema)
export const rerunDayModel = (connection: Connection): Model<RerunDay> =>
  modelOf(connection, 'rerun_days', daySchema)
