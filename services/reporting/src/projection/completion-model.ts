import { absentArray, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { Completion, TakenBack } from './completion.ts'

export type StoredCompletion = Completion | TakenBack

/** The live completions. `Completion` and `TakenBack` say what the fields mean. */
export const LIVE = 'completions'

/** The collection of a generation until it is live. */
export const collectionOf = (generation: number): string => `${LIVE}_${generation}`

const completionSchema = schemaOf<Completion>({
  version: Number,
  day: String,
  timeZone: String,
  userId: String,
  taskId: String,
  at: String,
  projectedAt: Date,
  takenBack: Boolean,
  // Absent from a completion that was taken back.
  name: String,
  notes: String,
  dueOn: String,
  tags: { type: [String], ...absentArray },
  completedAt: String,
})
completionSchema.index({ userId: 1, day: 1 }, { name: "a user's day" })
completionSchema.index({ day: 1, timeZone: 1, userId: 1, takenBack: 1 }, { name: 'users of a day' })

export const completionModel = (connection: Connection, collection = LIVE) =>
  modelOf(connection, collection, completionSchema) as unknown as Model<StoredCompletion>
