import { localTime } from '@daybook/shared/days'
import { Day, Instant, TimeZone } from '@daybook/shared/events'
import { type App, problems } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import type { Schedule, Schedules } from './schedules.ts'

const ScheduleView = Type.Object({
  name: Type.String({ description: 'The key of its records in daybook.clock' }),
  kind: Type.Enum(['end-of-day']),
  timeZone: TimeZone('Where its days end'),
  nextDay: Day('The day that ends next'),
  nextFireAt: Instant('When it ends'),
  nextFireAtLocal: Type.String({ description: 'The same instant in local time, with its offset' }),
})

/** `GET /schedules`. */
export function serveSchedules(app: App, schedules: Schedules): void {
  app.get(
    '/schedules',
    {
      config: { admin: true },
      schema: {
        summary: 'All schedules, by name',
        tags: ['schedules'],
        response: { 200: Type.Object({ schedules: Type.Array(ScheduleView) }), ...problems },
      },
    },
    async () => ({ schedules: (await schedules.all()).map(view) }),
  )
}

function view({ _id, kind, timeZone, nextDay, nextFireAt }: Schedule): Static<typeof ScheduleView> {
  return {
    name: _id,
    kind,
    timeZone,
    nextDay,
    nextFireAt: nextFireAt.toISOString(),
    nextFireAtLocal: localTime(nextFireAt, timeZone),
  }
}
