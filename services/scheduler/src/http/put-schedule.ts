import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
import { type App, created, IfMatchOrNone, problems, versioned } from '@daybook/shared/http'
import type { Definition } from '../definitions/definition.ts'
import { DefinitionBody } from '../definitions/definition-schema.ts'
import type { DefinitionRules } from '../definitions/slot-faults.ts'
import { readDefinition } from '../definitions/validate-definition.ts'
import { putSchedule } from '../schedules/change-schedule.ts'
import { refuseEndOfDay } from '../schedules/refusals.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { admin, answer, operatorRequest, tags } from './operator-routes.ts'
import { ScheduleBody, SchedulePath } from './schemas.ts'

export interface PutRules extends DefinitionRules {
  /** The faults of a job's data by the rules of its kind, with pointers into the data. */
  dataFaults: (job: NonNullable<Definition['job']>) => Promise<Fault[]>
}

/** Serves `PUT /schedules/:name`. */
export function servePut(app: App, schedules: Schedules, rules: PutRules): void {
  const schema = {
    operationId: 'putSchedule',
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
    response: {
      200: versioned(ScheduleBody),
      201: created(ScheduleBody),
      ...problems('DAYBOOK_SCHEDULE_BUILTIN', 'DAYBOOK_SCHEDULE_CHANGED'),
    },
  }
  // attachValidation: the faults of the schema are reported together with those that no schema can express.
  app.put('/schedules/:name', { ...admin, attachValidation: true, schema }, async (request, reply) => {
    const { name } = request.params
    refuseEndOfDay(name)
    const asked = operatorRequest(request)
    const definition = readDefinition(request.body, request.validationError, rules, asked.now)
    if (definition.job !== undefined) refuseData(await rules.dataFaults(definition.job))
    const { schedule, action } = await putSchedule(schedules, name, definition, asked)
    if (action === 'created') reply.code(201).header('location', `/schedules/${name}`)
    return answer(reply, schedule)
  })
}

/** @throws DaybookError DAYBOOK_REQUEST_INVALID when the data of a schedule's job has faults */
function refuseData(found: Fault[]): void {
  if (found.length === 0) return
  const faults = found.map(({ pointer, detail }) => ({ pointer: `/job/data${pointer}`, detail }))
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
}
