import { messageFields, type StoredContent } from '@daybook/shared/dead-letters/dead-letter-model'
import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { type Connection, type Model, Schema } from 'mongoose'
import type { LogRequest } from '../logs/log-requests.ts'

/** Why a log is written apart: it could not be written, or it has so many completions that others would wait for it. */
export const reasonsApart = ['failed', 'large'] as const
export type WhyApart = (typeof reasonsApart)[number]

/**
 * A log request that is done apart from its topic, with the message that it came in. It is stored before the offset of the
 * message is committed, and removed when the log is recorded or the message is a dead letter.
 */
export interface StoredApart extends StoredContent {
  /** The id of the dead letter that the message may become: a request that is set apart twice is stored once. */
  _id: string
  group: string
  topic: string
  partition: number
  offset: string
  timestamp: number
  /** The id of the log. */
  log: string
  /** The id of the run, and whether the request is none of the run's own. */
  run: string
  late: boolean
  request: LogRequest
  why: WhyApart
  /** How many attempts have failed. */
  attempts: number
  /** Of the last failed attempt. */
  error?: string
  /** When the next attempt is due. While a process writes the log: when its lease ends. */
  dueAt: Date
  /** Who writes the log now, or did so when its process died. */
  owner?: string
}

const apartSchema = schemaOf<StoredApart>({
  ...messageFields,
  log: String,
  run: String,
  late: Boolean,
  request: Schema.Types.Mixed,
  why: { type: String, enum: reasonsApart },
  attempts: Number,
  error: String,
  dueAt: Date,
  owner: String,
})
apartSchema.index({ why: 1, dueAt: 1 }, { name: 'due' })
apartSchema.index({ log: 1 }, { name: 'log' })
apartSchema.index({ late: 1, run: 1 }, { name: 'run' })

export const apartModel = (connection: Connection): Model<StoredApart> =>
  modelOf(connection, 'logs_apart', apartSchema)
