import { Day, endOfDayEvent, TimeZone } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import { canonicalTimeZone, dayOf } from '@daybook/shared/time/days'
import { Type } from 'typebox'
import { endByHand, FIRST_DAY } from '../calendar/day-ends.ts'
import { type FiringDeps, fire } from '../firing/fire-due.ts'
import { endOfDaySchedule } from '../schedules/schedule.ts'
import { notFull, WHILE_FULL } from '../schedules/schedule-store.ts'

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
      const now = new Date()
      // That both are time zones is settled: by the schema, and when the settings were read.
      const timeZone = canonicalTimeZone(request.body.timeZone ?? defaultTimeZone) as string
      const { day, endedAt } = endByHand(request.body.day ?? dayOf(now, timeZone), timeZone, now)
      const name = endOfDaySchedule(timeZone)
      const event = { ...endOfDayEvent(day, timeZone, endedAt, name), traceparent: request.traceparent }
      await fireMissed(deps, name, now)
      const listed = { nextFireAt: { $exists: true } }
      const stored = await deps.schedules.store(name, { ...listed, ...notFull }, {}, [event])
      if (stored === undefined) {
        if ((await deps.schedules.find(name)) === undefined) throw withoutSchedule(timeZone)
        reply.header('retry-after', WHILE_FULL)
        throw new DaybookError(
          'DAYBOOK_SCHEDULE_TOO_OFTEN',
          `too many ends of day of ${timeZone} wait for Kafka`,
        )
      }
      deps.relay.offer(stored)
      return reply.code(202).send({ id: event.id, day, timeZone })
    },
  )
}

/** Days before it that are over by now, and only wait for the next tick, go first. */
async function fireMissed(deps: FiringDeps, name: string, now: Date): Promise<void> {
  for (;;) {
    const schedule = await deps.schedules.find(name)
    if (schedule?.nextFireAt === undefined || schedule.nextFireAt > now) return
    if ((await fire(deps, schedule, now)) === 'done') return
  }
}

function withoutSchedule(timeZone: string): DaybookError {
  const detail = `${timeZone} has no schedule here: no day of it ever ends, until the setting TIME_ZONES lists it`
  return new DaybookError('DAYBOOK_REQUEST_INVALID', detail, {
    faults: [{ pointer: '/timeZone', detail: 'has no schedule; GET /schedules lists those that have' }],
  })
}
