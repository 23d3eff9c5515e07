import { createIndexes, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import mongoose, { type Connection, type Model, Schema } from 'mongoose'
import { searchText } from '../search-text.ts'
import type { Completion, Task } from '../task.ts'

const { Double, Timestamp } = mongoose.mongo

/** A document of the collection `tasks`: the latest state of a task, whose id is `_id`. */
export type TaskDocument = Omit<Task, 'id'> & {
  _id: string
  /**
   * When MongoDB wrote this state, by MongoDB's clock. Earlier versions of Daybook store none, or leave the one of an earlier state:
   * then the version is an integer.
   */
  changedAt?: mongoose.mongo.Timestamp
  /** The name as `searchText` makes it, which earlier versions do not store either. */
  searchName?: string
}

const taskSchema = schemaOf<TaskDocument>({
  userId: String,
  name: String,
  notes: String,
  dueOn: String,
  tags: [String],
  createdAt: String,
  updatedAt: String,
  version: Number,
  erased: Boolean,
  status: { type: String, enum: ['open', 'completed', 'deleted'] },
  completion: partSchemaOf<Completion>({ at: String, day: String, timeZone: String }),
  // A Timestamp of BSON, which Mongoose does not know.
  changedAt: Schema.Types.Mixed,
  searchName: String,
})
// Holds the names too, so that a search reads no documents but those that it finds.
taskSchema.index({ userId: 1, _id: -1, searchName: 1 }, { name: 'newest first with names' })
taskSchema.index(
  { userId: 1, _id: -1 },
  { name: 'newest open first', partialFilterExpression: { status: 'open' } },
)
taskSchema.index({ userId: 1, tags: 1, _id: -1 }, { name: 'newest first by tag' })
taskSchema.index({ userId: 1, updatedAt: -1, _id: -1 }, { name: 'newest change first' })
taskSchema.index({ userId: 1, changedAt: 1, _id: 1 }, { name: 'in the order of changes' })
// This version stores versions as doubles. So the index holds only what earlier versions have written, until it is renewed.
const earlier = { version: { $type: 'int' } }
taskSchema.index({ version: 1 }, { name: 'of earlier versions', partialFilterExpression: earlier })

/** The collection of the live view. */
export const LIVE = 'tasks'

/** @param collection another one while a rebuild makes the view again */
export const taskModel = (connection: Connection, collection = LIVE): Model<TaskDocument> =>
  modelOf(connection, collection, taskSchema)

/** Makes the indexes, and removes the one of earlier versions that they replace. */
export async function createTaskIndexes(tasks: Model<TaskDocument>): Promise<void> {
  await createIndexes(tasks)
  await tasks.collection.dropIndex('newest first').catch(error => {
    if (error.codeName !== 'IndexNotFound') throw error
  })
}

/** The version as this version of Daybook stores it: earlier ones store integers. */
export const storedVersion = (version: number) => new Double(version) as unknown as number

/** The document of a task for an insert or a replacement. MongoDB replaces the empty `changedAt` with the time of its clock. */
export const toDocument = ({ id, ...task }: Task): TaskDocument => ({
  _id: id,
  ...task,
  version: storedVersion(task.version),
  searchName: searchText(task.name),
  changedAt: new Timestamp({ t: 0, i: 0 }),
})

/** The part of an update that sets `changedAt` to the time of MongoDB's clock. */
export const changedNow = { $currentDate: { changedAt: { $type: 'timestamp' } } } as const

export const fromDocument = ({ _id, changedAt, searchName, ...task }: TaskDocument) =>
  ({ id: _id, ...task }) as Task
