import { type App, IfMatch, problems, versioned } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { ByHandDeps } from '../firing/fire-by-hand.ts'
import { deleteSchedule, setPaused } from '../schedules/change-schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { serveFire } from './fire-schedule.ts'
import { admin, answer, operatorRequest, tags } from './operator-routes.ts'
import { servePreview } from './preview-definition.ts'
import { type PutRules, servePut } from './put-schedule.ts'
import { ScheduleBody, SchedulePath } from './schemas.ts'

/** Serves the commands on operators' schedules. */
export function serveCommands(app: App, deps: ByHandDeps, rules: PutRules): void {
  servePut(app, deps.schedules, rules)
  servePreview(app, deps.schedules, rules)
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

function serveDelete(app: App, schedules: Schedules): void {
  const schema = {
    operationId: 'deleteSchedule',
    summary: 'Delete a schedule',
    description:
      'Its audit is kept for `SCHEDULE_RETENTION_DAYS`. A new schedule with the same name continues the audit, the version numbers and the last slot; the latter two are kept forever.',
    tags,
    params: SchedulePath,
    headers: IfMatch,
    response: {
      204: Type.Null(),
      ...problems('DAYBOOK_SCHEDULE_NOT_FOUND', 'DAYBOOK_SCHEDULE_BUILTIN', 'DAYBOOK_SCHEDULE_CHANGED'),
    },
  }
  app.delete('/schedules/:name', { ...admin, schema }, async (request, reply) => {
    await deleteSchedule(schedules, request.params.name, operatorRequest(request))
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
    operationId: `${verb}Schedule`,
    tags,
    params: SchedulePath,
    headers: IfMatch,
    response: {
      200: versioned(ScheduleBody),
      ...problems('DAYBOOK_SCHEDULE_NOT_FOUND', 'DAYBOOK_SCHEDULE_BUILTIN', 'DAYBOOK_SCHEDULE_CHANGED'),
    },
  }
  app.post(`/schedules/:name/${verb}`, { ...admin, schema }, async (request, reply) => {
    const { schedule } = await setPaused(
      schedules,
      request.params.name,
      verb === 'pause',
      operatorRequest(request),
    )
    return answer(reply, schedule)
  })
}
