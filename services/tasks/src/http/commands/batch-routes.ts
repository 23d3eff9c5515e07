import { type App, idempotencyField, problemFor, problems } from '@daybook/shared/http'
import type { FastifyError } from 'fastify'
import { Type } from 'typebox'
import type { CreateTask } from '../../commands/create-once.ts'
import type { HandleCommand } from '../../commands/handle-command.ts'
import type { Task } from '../../task.ts'
import { taskBody } from '../bodies/task-body.ts'
import { Batch, type BatchCommand, type BatchResult, BatchResults } from './batch-bodies.ts'
import { carryOut } from './batch-commands.ts'
import { fewAtOnce } from './few-at-once.ts'

/** The largest body of a batch, in bytes. */
const MAX_BODY = 4_194_304
// The events and answers of a batch can take many times the memory of its body: each completion has the whole text of its task.
const MAX_IN_HAND = 2

const headers = Type.Object(
  idempotencyField(
    'For 24 hours, `create` at the same place of a batch with the same key creates nothing; another task there is refused with 422. All other commands are carried out again',
  ),
)

/** Serves `POST /tasks/batch`. */
export function serveBatch(app: App, deps: { create: CreateTask; handle: HandleCommand }): void {
  const schema = {
    operationId: 'sendBatch',
    summary: 'Send up to 1,000 commands at once',
    description:
      'Each command is carried out or refused for itself. Commands to one task are carried out in their order. If the form of any command is invalid, the whole batch is refused and nothing is done.',
    tags: ['tasks'],
    headers,
    body: Batch,
    response: { 200: BatchResults, ...problems() },
  }
  app.post(
    '/tasks/batch',
    { bodyLimit: MAX_BODY, schema, onRequest: fewAtOnce(MAX_IN_HAND) },
    async request => {
      const { body, user, traceparent, log } = request
      const { commands } = body
      const sender = { user, traceparent, key: request.headers['idempotency-key'] }
      const refused = (error: FastifyError): BatchResult => {
        const problem = problemFor(error, request.url)
        if (problem.status >= 500) log.error({ err: error }, problem.detail)
        return { status: problem.status, problem }
      }
      const results = commands.map((command, i) =>
        carryOut(command, i, deps, sender).then(succeeded(command), refused),
      )
      return { results: await Promise.all(results) }
    },
  )
}

const succeeded =
  ({ type }: BatchCommand) =>
  (task: Task): BatchResult => {
    if (type === 'delete') return { status: 204 }
    return { status: type === 'create' ? 201 : 200, task: taskBody(task) }
  }
