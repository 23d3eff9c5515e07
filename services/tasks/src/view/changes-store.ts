import mongoose, { type Connection } from 'mongoose'
import { beginning, readThrough, type Since } from '../change-place.ts'
import type { Task } from '../task.ts'
import { fromDocument, type TaskDocument } from './task-model.ts'

/** Which changes are read. */
export interface ChangesQuery {
  userId: string
  /** Where the previous page ended. Without it, all tasks are read. */
  since?: Since | undefined
  limit: number
}

/** A page of changed tasks. */
export interface ChangedTasks {
  /** The latest state of each, deleted ones too, in the order in which they changed. */
  tasks: Task[]
  /** Where the next page begins. */
  next: Since
  /** Whether the next page has something already. */
  more: boolean
}

/**
 * Reads a page of the tasks of a user that changed. Documents that an earlier version of Daybook wrote are left out until they are
 * renewed, and come then.
 *
 * It reads what a majority does not have yet, too: otherwise a change would appear behind readers for as long as a replica lags. Its event
 * was stored before, so a failover cannot undo it.
 */
export async function readChanges(
  connection: Connection,
  tasks: mongoose.mongo.Collection<TaskDocument>,
  { userId, since = beginning, limit }: ChangesQuery,
): Promise<ChangedTasks> {
  const now = await secondsOf(connection)
  const at = new mongoose.mongo.Timestamp(since.at)
  // The first condition is redundant, but with it MongoDB starts in the index at this place.
  const following = { changedAt: { $gte: at }, $or: [{ changedAt: { $gt: at } }, { _id: { $gt: since.id } }] }
  const found = await tasks
    .find({ userId, ...following }, { batchSize: limit + 2, readConcern: { level: 'local' } })
    .sort({ changedAt: 1, _id: 1 })
    .limit(limit + 1)
    .toArray()
  const page = found.slice(0, limit)
  const [end] = page.slice(-1)
  const last = end?.changedAt && { at: end.changedAt.toBigInt(), id: end._id }
  const more = found.length > limit
  return { tasks: page.map(fromDocument), next: readThrough(since, { last, more, now }), more }
}

/** The seconds of MongoDB's clock. */
async function secondsOf(connection: Connection): Promise<number> {
  const db = connection.getClient().db(connection.name)
  const [{ now } = { now: new Date(0) }] = await db
    .aggregate<{ now: Date }>([{ $documents: [{ now: '$$NOW' }] }])
    .toArray()
  return now.getTime() / 1000
}
