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
import type { Defined } from '../../kinds/definition-store.ts'
import type { KindDefinition } from '../../kinds/kind-definition.ts'
import { KindBody } from '../../kinds/kind-schema.ts'
import type { Kinds } from '../../kinds/kind-store.ts'
import { kindFaults, refuseFaults } from '../../kinds/read-kind.ts'
import type { Admission } from '../../limits/open-admission.ts'
import {
  admin,
  changeRequest,
  jobs,
  KindList,
  KindPath,
  KindView,
  PageQuery,
  readPage,
  viewOf,
} from './kind-answers.ts'

const tags = ['kinds']

type Failing = Pick<Admission, 'failing'>

/** Serves the rules of kinds, and which kinds are failing. */
export function serveKinds(app: App, kinds: Kinds, admission: Failing): void {
  servePut(app, kinds, admission)
  serveGet(app, kinds, admission)
  serveList(app, kinds, admission)
  serveDelete(app, kinds)
}

async function kindViewOf({ failing }: Failing, defined: Defined<KindDefinition>) {
  const { name } = defined
  return { ...viewOf(defined), failing: (await failing([name])).has(name) }
}

function servePut(app: App, kinds: Kinds, admission: Failing): void {
  const schema = {
    operationId: 'putKind',
    summary: 'Define a kind or change its rules',
    description:
      'The rules hold for attempts that are sent afterwards, on all schedulers within a second. `schema` is checked when a job is added; `lane`, `perKey` and `expires` hold for jobs that are added afterwards.',
    tags,
    params: KindPath,
    headers: IfMatchOrNone,
    body: KindBody,
    response: { 200: versioned(KindView), 201: created(KindView), ...problems('DAYBOOK_KIND_CHANGED') },
  }
  // attachValidation: the faults of the schema are reported together with those that no schema can express.
  app.put('/kinds/:name', { ...admin, attachValidation: true, schema }, async (request, reply) => {
    const { name } = request.params
    const { sound, faults } = soundFields(request.body, request.validationError)
    const { limits = [] } = sound
    const found = await kinds.limits.existing(limits)
    const missing = limits.flatMap((limit, i) =>
      found.has(limit)
        ? []
        : [{ pointer: `/limits/${i}`, detail: `names no limit; PUT /limits/${limit} makes it` }],
    )
    refuseFaults([...kindFaults(request.body, sound), ...faults, ...missing])
    const { defined, created } = await kinds.put(name, request.body, changeRequest(request))
    if (created) reply.code(201).header('location', `/kinds/${name}`)
    return reply.header('etag', etagOf(defined.version)).send(await kindViewOf(admission, defined))
  })
}

function serveGet(app: App, kinds: Kinds, admission: Failing): void {
  const schema = {
    operationId: 'readKind',
    summary: 'Get the rules of a kind',
    description: 'A kind that nobody has defined has the default rules, and the answer is 404.',
    tags,
    params: KindPath,
    response: { 200: versioned(KindView), ...problems('DAYBOOK_KIND_NOT_FOUND') },
  }
  app.get('/kinds/:name', { ...jobs, schema }, async ({ params: { name } }, reply) => {
    const defined = await kinds.find(name)
    if (defined === undefined) {
      const detail = `Nobody has defined the kind ${name}; its jobs run with the default rules`
      throw new DaybookError('DAYBOOK_KIND_NOT_FOUND', detail)
    }
    return reply.header('etag', etagOf(defined.version)).send(await kindViewOf(admission, defined))
  })
}

function serveList(app: App, kinds: Kinds, admission: Failing): void {
  const schema = {
    operationId: 'listKinds',
    summary: 'List kinds by name',
    tags,
    querystring: PageQuery,
    response: { 200: KindList, ...problems() },
  }
  app.get('/kinds', { ...jobs, schema }, async ({ query }) => {
    const { page, nextAfter } = await readPage(kinds.list, query)
    const failing = await admission.failing(page.map(({ name }) => name))
    return { kinds: page.map(view => ({ ...view, failing: failing.has(view.name) })), nextAfter }
  })
}

function serveDelete(app: App, kinds: Kinds): void {
  const schema = {
    operationId: 'deleteKind',
    summary: 'Delete the rules of a kind',
    description: 'Its jobs stay, and have the default rules from now on.',
    tags,
    params: KindPath,
    headers: IfMatch,
    response: { 204: Type.Null(), ...problems('DAYBOOK_KIND_NOT_FOUND', 'DAYBOOK_KIND_CHANGED') },
  }
  app.delete('/kinds/:name', { ...admin, schema }, async (request, reply) => {
    await kinds.delete(request.params.name, changeRequest(request))
    return reply.code(204).send(null)
  })
}
