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
      Day(`The day to end, from ${FIRST_DAY} to today in the time zone; today, if not given`),
    ),
    timeZone: Type.Optional(
      Type.String({
        format: 'time-zone',
        description: 'Where it ends, an IANA time zone; the default one, if not given',
      }),
    ),
  },
  { additionalProperties: false },
)

const Ending = Type.Object({
  id: Type.String({ description: 'The id of the EndOfDay event: the same each time the day is ended' }),
  day: Day('The day'),
  timeZone: TimeZone('Where it ends'),
})

/** `POST /end-of-day`. */
export function serveEndOfDay(app: App, deps: FiringDeps, defaultTimeZone: string): void {
  app.post(
    '/end-of-day',
    {
      config: { admin: true },
      schema: {
        summary: 'End a day now',
        description:
          'Today so far, or a day again. What is completed later amends; the day ends by itself at its time all the same.',
        tags: ['schedules'],
        body: Request,
        'x-optional-body': true,
        response: { 202: Ending, ...problems },
      },
      // All of it has a default, so the body as a whole has one.
      preValidation: async request => {
        if (request.body === undefined) request.body = {}
      },
    },
    async (request, reply) => {
      // Both names are known: the schema checks one, the settings the other.
      const timeZone = canonicalTimeZone(request.body.timeZone ?? defaultTimeZone) as string
      const { traceparent } = request
      const ended = await endDayByHand(deps, {
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
