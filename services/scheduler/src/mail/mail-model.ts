import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { Episode } from './episode.ts'
import type { Mail, NewMail, Refusal } from './mail.ts'

const newMailFields = {
  to: [String],
  subject: String,
  text: String,
  decidedAt: Date,
  thread: String,
} as const

/** The collection `mail_episodes`. `Episode` says what the fields mean. */
const episodeSchema = schemaOf<Episode>({
  version: Number,
  key: String,
  about: String,
  error: String,
  link: String,
  detail: String,
  to: [String],
  isMixed: Boolean,
  count: Number,
  firstAt: Date,
  lastAt: Date,
  recent: [String],
  told: Number,
  toldAt: Date,
  mails: Number,
  recoveredAt: Date,
  isSettled: Boolean,
  heldUntil: Date,
  dueAt: Date,
  mail: partSchemaOf<NewMail>({ _id: String, ...newMailFields }),
})
episodeSchema.index({ about: 1 }, { name: 'about' })
episodeSchema.index({ dueAt: 1 }, { name: 'due', partialFilterExpression: { dueAt: { $exists: true } } })
episodeSchema.index({ lastAt: 1 }, { name: 'last' })

export const episodeModel = (connection: Connection): Model<Episode> =>
  modelOf(connection, 'mail_episodes', episodeSchema)

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
