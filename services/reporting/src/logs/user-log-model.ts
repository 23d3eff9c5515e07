import { absentArray, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex, type WithOutbox } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'
import { amendmentSchema, type Revisions } from './amendments/amendment-model.ts'
import type { TaskFilesDigest } from './digests.ts'

/** The record of a user's log of a day. The log itself is a file. */
export interface UserLog extends WithOutbox, Revisions {
  /** `<day>/<userId>` */
  _id: string
  day: string
  userId: string
  /** The ids of the runs that wrote the log: one for each time zone in which the user completed tasks that day. */
  runs: string[]
  state: 'written' | 'failed'
  /** How often the bytes of the file have changed: 1 after the first write, 0 before. */
  revision: number
  completions: number
  /** The SHA-256 of the file in hexadecimal; null when there is no file. */
  sha256: string | null
  /** Null when TASK_FILES was false, or there is no file; absent from records of earlier versions. */
  taskFiles?: TaskFilesDigest | null
  writtenAt: Date | null
  /** In the state `failed`: why the log could not be written. */
  error?: string
  /** In the state `failed`: since when. Earlier versions do not set it. */
  failedAt?: Date
}

/** The name of the index of the logs of a run. */
export const ofRunIndex = 'logs of a run'
/** The name of the index of the amended logs of a run. */
export const amendedIndex = 'amended logs of a run'

const userLogSchema = schemaOf<UserLog>({
  day: String,
  userId: String,
  runs: { type: [String], ...absentArray },
  state: { type: String, enum: ['written', 'failed'] },
  revision: Number,
  completions: Number,
  sha256: String,
  taskFiles: partSchemaOf<TaskFilesDigest>({ count: Number, sha256: String }),
  writtenAt: Date,
  firstWrittenAt: Date,
  amendments: { type: [amendmentSchema], ...absentArray },
  error: String,
  failedAt: Date,
  outbox: outboxField,
})
userLogSchema.index({ runs: 1, state: 1 }, { name: ofRunIndex })
userLogSchema.index(
  { runs: 1, revision: 1 },
  { name: amendedIndex, partialFilterExpression: { revision: { $gt: 1 } } },
)
userLogSchema.index({ failedAt: 1 }, { name: 'failed', partialFilterExpression: { state: 'failed' } })
userLogSchema.index(...outboxIndex)

export const userLogModel = (connection: Connection): Model<UserLog> =>
  modelOf(connection, 'user_logs', userLogSchema)
