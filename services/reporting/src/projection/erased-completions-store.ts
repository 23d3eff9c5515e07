import { erasedText } from '@daybook/shared/events'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { DayInZone } from '../run-id.ts'
import { completionModel, LIVE, type StoredCompletion } from './completion-model.ts'
import type { ErasedTask } from './read-events.ts'

const ofGeneration = /^completions_\d+$/

/**
 * Replaces the text of the completions of tasks. Their versions stay, so an event that is repeated does not bring it back. Of the
 * live completions also in generations that a rebuild has made and keeps: nobody reads events into these.
 */
export async function eraseTasks(completions: Model<StoredCompletion>, tasks: ErasedTask[]): Promise<void> {
  if (tasks.length === 0) return
  const own = completions.collection.collectionName
  const kept = own === LIVE ? await keptGenerations(completions.db) : []
  const updates = [...Map.groupBy(tasks, ({ userId }) => userId)].map(([userId, ofUser]) => {
    const filter = { userId, taskId: { $in: ofUser.map(({ taskId }) => taskId) }, takenBack: false as const }
    return { updateMany: { filter, update: { $set: erasedText() } } }
  })
  for (const name of [own, ...kept]) {
    const documents = driverCollection(completionModel(completions.db, name))
    await documents.bulkWrite(updates as Parameters<typeof documents.bulkWrite>[0], { ordered: false })
  }
}

async function keptGenerations(connection: Connection): Promise<string[]> {
  const all = await connection.listCollections()
  return all.map(({ name }) => name).filter(name => ofGeneration.test(name))
}

/** @returns the days on which a completion of a user counts, in each time zone */
export async function daysOf(completions: Model<StoredCompletion>, userId: string): Promise<DayInZone[]> {
  const day = { day: '$day', timeZone: '$timeZone' }
  const found = driverCollection(completions).aggregate<{ _id: DayInZone }>(
    [{ $match: { userId, takenBack: false } }, { $group: { _id: day } }],
    { hint: "a user's day" },
  )
  return (await found.toArray()).map(({ _id }) => _id)
}
