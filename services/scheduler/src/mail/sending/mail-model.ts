import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { Mail, Refusal } from './mail.ts'

/** The fields of a mail as it was decided, besides its id. */
export const newMailFields = {
  to: [String],
  subject: String,
  text: String,
  decidedAt: Date,
  thread: String,
} as const

/** The collection `mails`, the outbox of mails. `Mail` says what the fields mean. */
const mailSchema = schemaOf<Mail>({
  ...newMailFields,
  state: { type: String, enum: ['waiting', 'sent', 'refused', 'logged'] },
  left: [String],
  attempts: Number,
  nextAt: Date,
  claim: String,
  trouble: String,
  refusals: [partSchemaOf<Refusal>({ address: String, reason: String })],
  endedAt: Date,
})
mailSchema.index({ nextAt: 1 }, { name: 'next', partialFilterExpression: { nextAt: { $exists: true } } })
mailSchema.index({ endedAt: 1 }, { name: 'ended', partialFilterExpression: { endedAt: { $exists: true } } })

export const mailModel = (connection: Connection): Model<Mail> => modelOf(connection, 'mails', mailSchema)
