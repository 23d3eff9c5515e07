import { DaybookError } from '@daybook/shared/failures/errors'
import {
  type App,
  created,
  etagOf,
  IfMatch,
  IfMatchOrNone,
  problems,
  soundFields,
  versioned,
} from '@daybook/shared/http'
import { Type } from 'typebox'
import type { SharedLimits } from '../../kinds/kind-store.ts'
import { limitFaults, refuseFaults } from '../../kinds/read-kind.ts'
import { LimitBody } from '../../kinds/shared-limit.ts'
import {
  admin,
  changeRequest,
  jobs,
  LimitList,
  LimitPath,
  LimitView,
  PageQuery,
  readPage,
  viewOf,
} from './kind-answers.ts'

const tags = ['limits']

/** Serves the limits that kinds share. */
export function serveLimits(app: App, limits: SharedLimits): void {
  servePut(app, limits)
  serveGet(app, limits)
  serveList(app, limits)
  serveDelete(app, limits)
}

function servePut(app: App, limits: SharedLimits): void {
  const schema = {
    operationId: 'putLimit',
    summary: 'Define a limit that several kinds share, or change it',
    description:
      'Kinds name it in their field `limits`. A limit that every kind names is a global one. The limit holds for attempts that are sent afterwards, on all schedulers within a second.',
    tags,
    params: LimitPath,
    headers: IfMatchOrNone,
    body: LimitBody,
    response: { 200: versioned(LimitView), 201: created(LimitView), ...problems('DAYBOOK_LIMIT_CHANGED') },
  }
  // attachValidation: the faults of the schema are reported together with those that no schema can express.
  app.put('/limits/:name', { ...admin, attachValidation: true, schema }, async (request, reply) => {
    const { name } = request.params
    const { sound, faults } = soundFields(request.body, request.validationError)
    refuseFaults([...limitFaults(request.body, sound), ...faults])
    const { defined, created } = await limits.put(name, request.body, changeRequest(request))
    if (created) reply.code(201).header('location', `/limits/${name}`)
    return reply.header('etag', etagOf(defined.version)).send(viewOf(defined))
  })
}

function serveGet(app: App, limits: SharedLimits): void {
  const schema = {
    operationId: 'readLimit',
    summary: 'Get a shared limit',
    tags,
    params: LimitPath,
    response: { 200: versioned(LimitView), ...problems('DAYBOOK_LIMIT_NOT_FOUND') },
  }
  app.get('/limits/:name', { ...jobs, schema }, async ({ params: { name } }, reply) => {
    const defined = await limits.find(name)
    if (defined === undefined) {
      throw new DaybookError('DAYBOOK_LIMIT_NOT_FOUND', `There is no limit ${name}; GET /limits lists all`)
    }
    return reply.header('etag', etagOf(defined.version)).send(viewOf(defined))
  })
}

function serveList(app: App, limits: SharedLimits): void {
  const schema = {
    operationId: 'listLimits',
    summary: 'List shared limits by name',
    tags,
    querystring: PageQuery,
    response: { 200: LimitList, ...problems() },
  }
  app.get('/limits', { ...jobs, schema }, async ({ query }) => {
    const { page, nextAfter } = await readPage(limits.list, query)
    return { limits: page, nextAfter }
  })
}

function serveDelete(app: App, limits: SharedLimits): void {
  const schema = {
    operationId: 'deleteLimit',
    summary: 'Delete a shared limit',
    description: 'A limit that a kind names cannot be deleted: the answer is 409 and names the kinds.',
    tags,
    params: LimitPath,
    headers: IfMatch,
    response: {
      204: Type.Null(),
      ...problems('DAYBOOK_LIMIT_NOT_FOUND', 'DAYBOOK_LIMIT_CHANGED', 'DAYBOOK_LIMIT_IN_USE'),
    },
  }
  app.delete('/limits/:name', { ...admin, schema }, async (request, reply) => {
    await limits.delete(request.params.name, changeRequest(request))
    return reply.code(204).send(null)
  })
}
