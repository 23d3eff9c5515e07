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
import { deleteSchedule, type OperatorRequest, putSchedule, setPaused } from '../schedules/change-schedule.ts'
import { refuseEndOfDay } from '../schedules/refusals.ts'
import type { UserSchedule } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { ScheduleBody, SchedulePath, scheduleBody } from './schemas.ts'

const admin = { config: { admin: true } }
const tags = ['schedules']

const IfMatchOrNone = Type.Object({
  ...IfMatch.properties,
  'if-none-match': Type.Optional(
    Type.String({
      format: 'entity-tags',
      description: '`*` to create a schedule. If one with this name exists, the answer is 412',
    }),
  ),
})

const asking = (request: Pick<FastifyRequest, 'user'> & { headers: Preconditions }): OperatorRequest => ({
  by: request.user.id,
  now: new Date(),
  preconditions: request.headers,
})

const answer = (reply: FastifyReply, schedule: UserSchedule) =>
  reply.header('etag', etagOf(schedule.version)).send(scheduleBody(schedule))

/** Serves the commands on operators' schedules. */
export function serveCommands(app: App, deps: ByHandDeps, rules: DefinitionRules): void {
  servePut(app, deps.schedules, rules)
  serveDelete(app, deps.schedules)
  serveSwitch(app, deps.schedules, {
    verb: 'pause',
    summary: 'Pause a schedule',
    description:
      'A paused schedule does not fire, and the slots of the pause are not fired later. Events that were fired before are still published.',
  })
  serveSwitch(app, deps.schedules, {
    verb: 'resume',
    summary: 'Resume a paused schedule',
    description:
      'It fires next at its first slot from now on. An `at` that passed during the pause fires at once if `catchUp` and `catchUpWindow` allow it. A schedule that would never fire again is rejected with 400.',
  })
  serveFire(app, deps, rules.minInterval)
}

function servePut(app: App, schedules: Schedules, rules: DefinitionRules): void {
  const schema = {
    summary: 'Create a schedule or change its definition',
    description: [
      'What fires next depends on what changes:',
      '- The same definition again changes nothing.',
      '- A change that affects no slot, such as another `data`, keeps the next slot.',
      '- A change of only `end` or `exclude` keeps slots that are already due, unless it removes them. `every` still counts from the same instant.',
      '- Any other change begins with the first slot after now. A past `at` fires at once, or is rejected if catch-up excludes it.',
      '',
      'No slot up to the last slot that fired under this name fires again, also when the schedule was deleted in between.',
    ].join('\n'),
    tags,
    params: SchedulePath,
    headers: IfMatchOrNone,
    body: DefinitionBody,
    response: { 200: versioned(ScheduleBody), 201: created(ScheduleBody), ...problems },
  }
  // attachValidation: the faults of the schema are reported together with those that no schema can express.
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
      'Its audit is kept for `SCHEDULE_RETENTION_DAYS`. A new schedule with the same name continues the audit, the version numbers and the last slot; the latter two are kept forever.',
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
    summary: 'Fire a schedule now',
    description:
      'Adds one firing; its slots do not change. A schedule that is paused or has no slot left can be fired too.',
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
