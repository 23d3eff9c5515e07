import { Day, TimeZone } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import { canonicalTimeZone } from '@daybook/shared/time/days'
import { Type } from 'typebox'
import { FIRST_DAY } from '../calendar/day-ends.ts'
import { endDayByHand } from '../firing/end-day-by-hand.ts'
import type { FiringDeps } from '../firing/fire-due.ts'

const Request = Type.Object(
  {
    day: Type.Optional(
      Day(`The day to end, from ${FIRST_DAY} to today in the time zone. The default is today`),
    ),
    timeZone: Type.Optional(
      Type.String({
        format: 'time-zone',
        description: 'The IANA time zone of the day. The default is the setting DEFAULT_TIME_ZONE',
      }),
    ),
  },
  {
    title: 'DayToEnd',
    examples: [{ day: '2026-11-22', timeZone: 'Europe/Berlin' }],
    additionalProperties: false,
  },
)

const Ended = Type.Object(
  {
    id: Type.String({
      description: 'The id of the EndOfDay event, which is the same each time the day is ended',
    }),
    day: Day('The day that ends'),
    timeZone: TimeZone('The time zone of the day'),
  },
  {
    title: 'EndedDay',
    examples: [{ id: 'end-of-day:Europe/Berlin:2026-11-22', day: '2026-11-22', timeZone: 'Europe/Berlin' }],
  },
)

/** Serves `POST /end-of-day`. */
export function serveEndOfDay(app: App, deps: FiringDeps, defaultTimeZone: string): void {
  app.post(
    '/end-of-day',
    {
      config: { admin: true },
      schema: {
        operationId: 'endDay',
        summary: 'End a day now',
        description:
          'Ends today before its time, or an earlier day again. Tasks that are completed later amend the day. Today also ends at its own time.',
        tags: ['schedules'],
        body: Request,
        'x-optional-body': true,
        response: { 202: Ended, ...problems('DAYBOOK_DAY_NOT_ENDABLE', 'DAYBOOK_SCHEDULE_TOO_OFTEN') },
      },
      // Every field has a default, so the body may be absent.
      preValidation: async request => {
        if (request.body === undefined) request.body = {}
      },
    },
    async (request, reply) => {
      // Both names have a current name: the schema has checked the name in the body, and the settings have checked the
      // default.
      const timeZone = canonicalTimeZone(request.body.timeZone ?? defaultTimeZone) as string
      const { traceparent } = request
      const ended = await endDayByHand(deps, {
        by: request.user.id,
        day: request.body.day,
        timeZone,
        now: new Date(),
        traceparent,
      })
      if ('id' in ended) return reply.code(202).send({ ...ended, timeZone })
      reply.header('retry-after', ended.retryAfter)
      throw new DaybookError('DAYBOOK_SCHEDULE_TOO_OFTEN', ended.why)
    },
  )
}
