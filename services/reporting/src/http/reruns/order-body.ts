import { Day, UserId } from '@daybook/shared/events'
import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
import { soundFields } from '@daybook/shared/http'
import { canonicalTimeZone } from '@daybook/shared/time/days'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { Wanted } from '../../reruns/plan-days.ts'

const MAX_RANGE = 366
const FIRST_DAY = '1970-01-01'
const DAY_MS = 86_400_000

/** The body of `POST /runs`. */
export const OrderBody = Type.Object(
  {
    day: Type.Optional(Day('The only day')),
    from: Type.Optional(Day(`The first day of a range of at most ${MAX_RANGE} days`)),
    to: Type.Optional(Day('The last day of the range')),
    timeZone: Type.Optional(
      Type.String({
        format: 'time-zone',
        description:
          'The only time zone. The default is every time zone in which something was completed on the day, or which has a run of it',
      }),
    ),
    user: Type.Optional({
      ...UserId,
      description:
        'The only user whose logs are written again. The default is all. A day without a run gets its run, which is about all users',
    }),
    failed: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'Only the logs that could not be written, of all users. A day without a run gets its run, which is about all logs',
      }),
    ),
    dryRun: Type.Optional(
      Type.Boolean({ default: false, description: 'Only say what would be written, and change nothing' }),
    ),
  },
  {
    additionalProperties: false,
    title: 'NewRerun',
    oneOf: [
      { required: ['day'], not: { anyOf: [{ required: ['from'] }, { required: ['to'] }] } },
      { required: ['from', 'to'], not: { required: ['day'] } },
    ],
    examples: [{ day: '2026-11-22', user: 'alice' }],
  },
)

/**
 * Reads which days an order is about. It reports the faults that the schema found together with those that no schema can express.
 * @param invalid the error of the schema validation, if there is one
 * @throws DaybookError DAYBOOK_REQUEST_INVALID
 */
export function readOrder(
  body: Static<typeof OrderBody>,
  invalid: FastifyRequest['validationError'],
  ownTimeZone: string,
): Wanted & { from: string; to: string } {
  const { faults } = soundFields(body, invalid)
  faults.push(...rangeFaults(body), ...failedFaults(body))
  const { day, from = day ?? '', to = day ?? '', timeZone, user: userId } = body
  if (faults.length === 0) faults.push(...dayFaults(from, to, body))
  if (faults.length > 0) {
    throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
  }
  const zone = timeZone === undefined ? undefined : canonicalTimeZone(timeZone)
  return { from, to, days: allDays(from, to), timeZone: zone, userId, ownTimeZone }
}

function rangeFaults({ day, from, to }: Static<typeof OrderBody>): Fault[] {
  const isRange = from !== undefined && to !== undefined
  const isDay = day !== undefined && from === undefined && to === undefined
  return isDay || (isRange && day === undefined)
    ? []
    : [{ pointer: '', detail: 'must have either day, or from and to' }]
}

const failedFaults = ({ failed, user }: Static<typeof OrderBody>): Fault[] =>
  failed && user !== undefined ? [{ pointer: '/failed', detail: 'must not be there together with user' }] : []

function dayFaults(from: string, to: string, { day }: Static<typeof OrderBody>): Fault[] {
  const [first, last] = day === undefined ? ['/from', '/to'] : ['/day', '/day']
  if (from < FIRST_DAY) return [{ pointer: first, detail: `must be ${FIRST_DAY} or later` }]
  if (to < from) return [{ pointer: last, detail: 'must not be earlier than from' }]
  if (Date.parse(to) - Date.parse(from) < MAX_RANGE * DAY_MS) return []
  return [{ pointer: last, detail: `must be at most ${MAX_RANGE - 1} days after from` }]
}

function allDays(from: string, to: string): string[] {
  const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.parse(from) + i * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length),
  )
}
