import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { Episode } from './episode.ts'
import type { NewMail } from './sending/mail.ts'
import { newMailFields } from './sending/mail-model.ts'

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
