import { Instant, Nullable, NullableInstant, UserId } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import {
  type App,
  preferenceApplied,
  preferField,
  problems,
  type Waiters,
  waitAsPreferred,
} from '@daybook/shared/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Erasure } from '../erasure/erasure-model.ts'
import type { Erasures } from '../erasure/erasure-store.ts'
import { requestErasure } from '../erasure/request-erasure.ts'
import type { UserTexts } from '../erasure/user-texts-store.ts'

export interface ErasureRoutes {
  erasures: Pick<Erasures, 'add' | 'find'>
  texts: Pick<UserTexts, 'newestCreation'>
  waiters: Pick<Waiters, 'wait' | 'stop'>
  /** Tells the loop of erasures that there is one to begin. */
  wakeErasures: () => void
}

const count = (what: string) =>
  Nullable(Type.Integer({ minimum: 0 }), `How many ${what}; null before it is done`)

export const ErasureBody = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    userId: UserId,
    state: Type.Enum(['pending', 'done']),
    requestedAt: Instant('The tasks that were created until then are erased'),
    doneAt: NullableInstant('When it was done, or null'),
    tasks: count('tasks were erased'),
    events: count('events these tasks have'),
  },
  {
    title: 'Erasure',
    description: 'A request to erase the text of all tasks of a user',
    examples: [
      {
        id: '019ac0de-0000-7000-8000-000000000001',
        userId: 'alice',
        state: 'done',
        requestedAt: '2026-11-22T13:03:00.123Z',
        doneAt: '2026-11-22T13:03:01.200Z',
        tasks: 12,
        events: 40,
      },
    ],
  },
)

const tags = ['users']
const headers = { ...preferenceApplied, location: Type.String({ description: 'The path of the erasure' }) }
const ordering = {
  description:
    'Erases the names, notes and tags of all tasks that were created until now, from the tasks, their history, the projection and the log files. The tasks are deleted, and none of them can be restored. What stays: ids, times, days, and so all counts. The request is stored before the answer. 202: it is stored; 200: the service has done its part within the time that `Prefer: wait=N` gave it. Reporting follows, and announces each log that it writes again by DayAmended. A repeated request makes another erasure, which does no harm.',
  tags,
  headers: Type.Object(preferField),
  response: { 200: { ...ErasureBody, headers }, 202: { ...ErasureBody, headers }, ...problems() },
}

/** Serves the erasure of users, and how far an erasure is. */
export function serveErasures(app: App, routes: ErasureRoutes): void {
  const { erasures, waiters, wakeErasures } = routes

  async function erase(userId: string, request: Preferring, reply: FastifyReply) {
    const { user, traceparent, log } = request
    const erasure = await requestErasure({ userId, by: user.id, traceparent }, routes)
    log.info({ erasure: erasure._id, userId, by: user.id }, 'an erasure was requested')
    wakeErasures()
    const ended = await waitAsPreferred(request, reply, { waiters, id: erasure._id })
    reply.code(ended ? 200 : 202).header('location', `/erasures/${erasure._id}`)
    return bodyOf(await known(erasure._id))
  }

  async function known(id: string, user?: FastifyRequest['user']): Promise<Erasure> {
    const erasure = await erasures.find(id)
    const isTheirs = user === undefined || user.admin || erasure?.userId === user.id
    if (erasure !== undefined && isTheirs) return erasure
    throw new DaybookError('DAYBOOK_ERASURE_NOT_FOUND', `You have no erasure ${id}`)
  }

  app.delete(
    '/users/me',
    { schema: { ...ordering, operationId: 'eraseMe', summary: 'Erase the text of all your tasks' } },
    async (request, reply) => erase(request.user.id, request, reply),
  )

  const ofUser = { operationId: 'eraseUser', summary: "Erase the text of all of a user's tasks (admin)" }
  app.delete(
    '/users/:id',
    {
      schema: {
        ...ordering,
        ...ofUser,
        params: Type.Object({ id: UserId }),
        response: { ...ordering.response, ...problems('DAYBOOK_AUTH_FORBIDDEN') },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      if (id !== request.user.id && !request.user.admin) {
        const message = 'Only a token with the scope admin may erase the text of another user'
        throw new DaybookError('DAYBOOK_AUTH_FORBIDDEN', message)
      }
      return erase(id, request, reply)
    },
  )

  app.get(
    '/erasures/:id',
    {
      schema: {
        operationId: 'getErasure',
        summary: 'An erasure: whether it is done',
        description:
          'With `Prefer: wait=N` the answer comes when it is done, or after N seconds. An erasure is forgotten a year after it was done.',
        tags,
        params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
        headers: Type.Object(preferField),
        response: {
          200: { ...ErasureBody, headers: preferenceApplied },
          ...problems('DAYBOOK_ERASURE_NOT_FOUND'),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const erasure = await known(id, request.user)
      if (erasure.state === 'pending') await waitAsPreferred(request, reply, { waiters, id })
      return bodyOf(await known(id, request.user))
    },
  )
}

type Preferring = FastifyRequest<{ Headers: { prefer?: string } }>

function bodyOf(erasure: Erasure): Static<typeof ErasureBody> {
  const { _id: id, userId, state, requestedAt, doneAt, tasks = null, events = null } = erasure
  return { id, userId, state, requestedAt, doneAt: doneAt?.toISOString() ?? null, tasks, events }
}
