import { type App, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import { type Definition, definitionOf } from '../definitions/definition.ts'
import { DefinitionBody } from '../definitions/definition-schema.ts'
import type { DefinitionRules } from '../definitions/slot-faults.ts'
import { readDefinition } from '../definitions/validate-definition.ts'
import { nextState, unlessDeleted } from '../schedules/next-state.ts'
import { refuseEndOfDay } from '../schedules/refusals.ts'
import type { UserSchedule } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { type UpcomingFiring, upcomingFirings } from '../schedules/upcoming.ts'
import { validateAt } from '../schedules/validate-at.ts'
import { exampleFiring } from './examples.ts'
import { admin, tags } from './operator-routes.ts'
import { Firing, firingBody, NextQuery } from './query-schemas.ts'
import { SchedulePath } from './schemas.ts'

const Preview = Type.Object(
  {
    next: Type.Array(Firing, {
      description: 'The next firings with this definition; of a paused one: if it was resumed now',
    }),
    comes: Type.Array(Firing, { description: 'Those of them that the stored schedule does not have' }),
    goes: Type.Array(Firing, {
      description: 'The next firings of the stored schedule that this definition does not have',
    }),
  },
  {
    title: 'SchedulePreview',
    examples: [{ next: [exampleFiring], comes: [exampleFiring], goes: [] }],
  },
)

/** Serves `POST /schedules/:name/preview`, which stores nothing. */
export function servePreview(app: App, schedules: Pick<Schedules, 'read'>, rules: DefinitionRules): void {
  const schema = {
    operationId: 'previewDefinition',
    summary: 'Preview a definition before it is stored, and what it would alter',
    description:
      'Checks the definition as `PUT /schedules/{name}` does, except the data of its job, and stores nothing. `comes` and `goes` compare it with the stored schedule of the name, up to the end of the shorter list.',
    tags,
    params: SchedulePath,
    querystring: NextQuery,
    body: DefinitionBody,
    response: { 200: Preview, ...problems('DAYBOOK_SCHEDULE_BUILTIN') },
  }
  // attachValidation: as for PUT.
  app.post('/schedules/:name/preview', { ...admin, attachValidation: true, schema }, async request => {
    const { name } = request.params
    const { count } = request.query
    refuseEndOfDay(name)
    const now = new Date()
    const definition = readDefinition(request.body, request.validationError, rules, now)
    const read = (await schedules.read(name)) as UserSchedule | undefined
    validateAt(name, read, definition, now)
    const next = upcomingFirings(planned(name, read, definition, now), count, now)
    const current = unlessDeleted(read)
    const stored = current === undefined ? [] : upcomingFirings(current, count, now)
    const zoneBefore = current === undefined ? definition.timeZone : definitionOf(current).timeZone
    const comes = without(next, stored, count)
    const shown = (firings: UpcomingFiring[], zone: string) => firings.map(one => firingBody(one, zone))
    return {
      next: shown(next, definition.timeZone),
      comes: shown(comes, definition.timeZone),
      goes: shown(without(stored, next, count), zoneBefore),
    }
  })
}

/** The schedule as it would be with another definition. */
const planned = (name: string, read: UserSchedule | undefined, definition: Definition, now: Date) =>
  ({ ...read, _id: name, kind: 'user', ...nextState(name, read, definition, now) }) as UserSchedule

/** The firings that are not among others. What follows a list that is full is not known. */
function without(firings: UpcomingFiring[], others: UpcomingFiring[], count: number): UpcomingFiring[] {
  const slots = new Set(others.map(({ slot }) => slot.getTime()))
  const known = others.length < count ? Number.POSITIVE_INFINITY : (others.at(-1)?.slot.getTime() ?? 0)
  return firings.filter(({ slot }) => slot.getTime() <= known && !slots.has(slot.getTime()))
}
