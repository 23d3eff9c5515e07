import { erasedText } from '@daybook/shared/events'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection, mongo } from 'mongoose'
import { eventModel, type StoredEvent } from '../events/event-model.ts'
import { type TaskDocument, taskModel } from '../view/task-model.ts'

/** Whose tasks: those of a user that were created until an instant. */
export interface TasksOf {
  userId: string
  /** RFC 3339 in UTC. */
  requestedAt: string
}

/** A task as the view knows it. */
export interface KnownTask {
  id: string
  version: number
  /** Whether its text was erased from the view. */
  isErased: boolean
}

/** What is stored of the tasks of a user, whole. */
export interface UserTexts {
  /** When the newest task of a user was created; undefined without tasks. */
  newestCreation: (userId: string) => Promise<string | undefined>
  /** The tasks whose ids come after one, in their order, at most `limit`. Deleted tasks are among them. */
  tasksAfter: (after: string, whose: TasksOf, limit: number) => Promise<KnownTask[]>
  /** Replaces the text in events by `erasedText`. All else stays: ids, order, times and days. May be repeated. */
  eraseEvents: (ids: string[]) => Promise<void>
}

export function openUserTexts(connection: Connection): UserTexts {
  const tasks = driverCollection(taskModel(connection))
  const events = driverCollection(eventModel(connection))
  return {
    async newestCreation(userId) {
      const options = { sort: { _id: -1 }, projection: { createdAt: 1 } } as const
      return (await tasks.findOne({ userId }, options))?.createdAt
    },
    async tasksAfter(after, { userId, requestedAt }, limit) {
      const filter = { userId, _id: { $gt: after }, createdAt: { $lte: requestedAt } }
      const projection = { version: 1, erased: 1 }
      const found = tasks.find<Pick<TaskDocument, '_id' | 'version' | 'erased'>>(filter, { projection })
      const page = await found
        .sort({ _id: 1 })
        .limit(limit)
        .batchSize(limit + 1)
        .toArray()
      return page.map(({ _id: id, version, erased = false }) => ({ id, version, isErased: erased }))
    },
    async eraseEvents(ids) {
      await events.bulkWrite(erasing(ids), { ordered: false })
    },
  }
}

/** The updates of events: most types have the whole text, and TaskEdited has what was changed of it. */
function erasing(ids: string[]): mongo.AnyBulkWriteOperation<StoredEvent>[] {
  const { name, notes, tags } = erasedText()
  const texts = [
    ['data.name', { 'data.name': name, 'data.notes': notes, 'data.tags': tags }],
    ['data.changes.name', { 'data.changes.name': name }],
    ['data.changes.notes', { 'data.changes.notes': notes }],
    ['data.changes.tags', { 'data.changes.tags': tags }],
  ] as const
  return texts.map(([field, $set]) => {
    const filter = { _id: { $in: ids }, [field]: { $exists: true } } as mongo.Filter<StoredEvent>
    return { updateMany: { filter, update: { $set } as mongo.UpdateFilter<StoredEvent> } }
  })
}
