import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'
import type { Completion, Task } from '../task.ts'

/** A document of the collection `tasks`: the latest state of a task, whose id is `_id`. */
export type TaskDocument = Omit<Task, 'id'> & { _id: string }

const taskSchema = schemaOf<TaskDocument>({
  userId: String,
  name: String,
  notes: String,
  dueOn: String,
  tags: [String],
  createdAt: String,
  updatedAt: String,
  version: Number,
  status: { type: String, enum: ['open', 'completed', 'deleted'] },
  completion: partSchemaOf<Completion>({ at: String, day: String, timeZone: String }),
})
taskSchema.index({ userId: 1, _id: -1 }, { name: 'newest first' })
taskSchema.index({ userId: 1, updatedAt: -1, _id: -1 }, { name: 'newest change first' })

export const taskModel = (connection: Connection): Model<TaskDocument> =>
  modelOf(connection, 'tasks', taskSchema)

export const toDocument = ({ id, ...task }: Task): TaskDocument => ({ _id: id, ...task })
export const fromDocument = ({ _id, ...task }: TaskDocument) => ({ id: _id, ...task }) as Task
