import { IfMatch, versionsOf } from '@daybook/shared/http'
import type { FastifyRequest } from 'fastify'
import { TaskPath } from '../bodies/task-body.ts'

/** What the routes of one task have in common: its id in the path, and If-Match. */
export const onTask = { params: TaskPath, headers: IfMatch, tags: ['tasks'] }

type ToTask = FastifyRequest<{ Params: { id: string }; Headers: { 'if-match'?: string } }>

/** Reads what every command to one task has in common. */
export const toTask = ({ params, headers, user }: ToTask) => ({
  taskId: params.id,
  userId: user.id,
  now: new Date(),
  versions: versionsOf(headers['if-match']),
})
