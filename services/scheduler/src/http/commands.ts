import { DaybookError } from '@daybook/shared/failures/errors'
import {
  type App,
  created,
  etagOf,
  IfMatch,
  type Preconditions,
  problems,
  versioned,
} from '@daybook/shared/http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { DefinitionBody } from '../definitions/definition-schema.ts'
import { type DefinitionRules, readDefinition } from '../definitions/validate-definition.ts'
import { type ByHandDeps, fireByHand } from '../firing/fire-by-hand.ts'
import {
  deleteSchedule,
  type OperatorRequest,
  putSchedule,
  refuseEndOfDay,
  setPaused,
} from '../schedules/change-schedule.ts'
import type { UserSchedule } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { ScheduleBody, SchedulePath, scheduleBody } from './schemas.ts'

const admin = { config: { admin: true } }
const tags = ['schedules']

const IfMatchOrNone = Type.Object({
  ...IfMatch.properties,
  'if-none-match': Type.Optional(
    Type.String({ format: 'entity-tags', description: '`*` to make a new one: 412 when there is one' }),
  ),
})

const asking = (request: Pick<FastifyRequest, 'user'> & { headers: Preconditions }): OperatorRequest => ({
  by: request.user.id,
  now: new Date(),
  preconditions: request.headers,
})

const answer = (reply: FastifyReply, schedule: UserSchedule) =>
  reply.header('etag', etagOf(schedule.version)).send(scheduleBody(schedule))

/** The commands on operators' schedules. */
export function serveCommands(app: App, deps: ByHandDeps, rules: DefinitionRules): void {
  servePut(app, deps.schedules, rules)
  serveDelete(app, deps.schedules)
  serveSwitch(app, deps.schedules, {
    verb: 'pause',
    summary: 'Pause a schedule: nothing of it is due, nor adds up',
    description: 'What it has fired is published all the same.',
  })
  serveSwitch(app, deps.schedules, {
    verb: 'resume',
    summary: 'Resume a schedule with the first slot after now',
    description:
      'One instant (`at`) that passed meanwhile fires at once, if `catchUp` and `catchUpWindow` leave it in. A schedule that would never fire is refused, as a new one is.',
  })
  serveFire(app, deps, rules.minInterval)
}

function servePut(app: App, schedules: Schedules, rules: DefinitionRules): void {
  const schema = {
    summary: 'Make a schedule, or give it another definition',
    description:
      'Other slots begin with the first one after now (one instant: with it; when it is past, it fires at once, or is refused if it is too old to be caught up). No slot up to the last one fired under this name fires again. A change of only `end` or `exclude` keeps what is due, if it leaves it, and the instant from which `every` counts; a change that leaves all slots as they are keeps the next one. The same definition changes nothing.',
    tags,
    params: SchedulePath,
    headers: IfMatchOrNone,
    body: DefinitionBody,
    response: { 200: versioned(ScheduleBody), 201: created(ScheduleBody), ...problems },
  }
  // What the schema finds is told with what it can't find.
  app.put('/schedules/:name', { ...admin, attachValidation: true, schema }, async (request, reply) => {
    const { name } = request.params
    refuseEndOfDay(name)
    const asked = asking(request)
    const definition = readDefinition(request.body, request.validationError, rules, asked.now)
    const { schedule, action } = await putSchedule(schedules, name, definition, asked)
    if (action === 'created') reply.code(201).header('location', `/schedules/${name}`)
    return answer(reply, schedule)
  })
}

function serveDelete(app: App, schedules: Schedules): void {
  const schema = {
    summary: 'Delete a schedule',
    description:
      'Its audit stays for `SCHEDULE_RETENTION_DAYS`, and goes on when the name is used again; versions and the last slot go on for ever.',
    tags,
    params: SchedulePath,
    headers: IfMatch,
    response: { 204: Type.Null(), ...problems },
  }
  app.delete('/schedules/:name', { ...admin, schema }, async (request, reply) => {
    await deleteSchedule(schedules, request.params.name, asking(request))
    return reply.code(204).send(null)
  })
}

function serveSwitch(
  app: App,
  schedules: Schedules,
  { verb, ...words }: { verb: 'pause' | 'resume'; summary: string; description: string },
): void {
  const schema = {
    ...words,
    tags,
    params: SchedulePath,
    headers: IfMatch,
    response: { 200: versioned(ScheduleBody), ...problems },
  }
  app.post(`/schedules/:name/${verb}`, { ...admin, schema }, async (request, reply) => {
    const { schedule } = await setPaused(schedules, request.params.name, verb === 'pause', asking(request))
    return answer(reply, schedule)
  })
}

function serveFire(app: App, deps: ByHandDeps, minInterval: number): void {
  const schema = {
    summary: 'Fire a schedule now, beside its slots',
    description: 'Also a paused one, or one that has ended.',
    tags,
    params: SchedulePath,
    headers: IfMatch,
    response: {
      202: Type.Object({ id: Type.String({ description: 'The id of the ScheduleFired event' }) }),
      ...problems,
    },
  }
  app.post('/schedules/:name/fire', { ...admin, schema }, async (request, reply) => {
    const { traceparent, params } = request
    const fired = await fireByHand(deps, params.name, { ...asking(request), minInterval, traceparent })
    if ('id' in fired) return reply.code(202).send(fired)
    reply.header('retry-after', fired.retryAfter)
    throw new DaybookError('DAYBOOK_SCHEDULE_TOO_OFTEN', `${fired.why}: again in ${fired.retryAfter} s`)
  })
}
