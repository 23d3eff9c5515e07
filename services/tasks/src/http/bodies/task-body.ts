import { Instant, NullableInstant, Sequence, TaskId, taskDetails, UserId } from '@daybook/shared/events'
import { etagOf } from '@daybook/shared/http'
import type { FastifyReply } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Task } from '../../task.ts'
import { exampleTask } from './examples.ts'

const { name, notes, dueOn, tags } = taskDetails

export const TaskBody = Type.Object(
  {
    id: TaskId,
    userId: UserId,
    name,
    notes,
    dueOn,
    tags,
    status: Type.Enum(['open', 'completed']),
    createdAt: Instant('When it was created'),
    updatedAt: Instant('When it last changed'),
    completedAt: NullableInstant('When it was completed, or null'),
    version: Sequence,
  },
  {
    title: 'Task',
    description: 'A task. Its ETag is its version',
    examples: [exampleTask],
  },
)

/** The task as the REST API shows it. */
export function taskBody({ completion, ...task }: Task): Static<typeof TaskBody> {
  const status = task.status === 'completed' ? 'completed' : 'open'
  return { ...task, status, completedAt: status === 'completed' ? (completion?.at ?? null) : null }
}

/** Answers with a task and its ETag. */
export const answer = (reply: FastifyReply, task: Task) =>
  reply.header('etag', etagOf(task.version)).send(taskBody(task))

export const TaskPath = Type.Object({ id: TaskId })
