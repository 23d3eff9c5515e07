import { Day, Instant, Nullable } from '@daybook/shared/events'
import { localTime } from '@daybook/shared/time/days'
import { Type } from 'typebox'
import { states } from '../schedules/list-store.ts'
import type { UpcomingFiring } from '../schedules/upcoming.ts'
import { exampleChange, exampleFiring, exampleSchedule } from './examples.ts'
import { ChangeBody, ScheduleBody } from './schemas.ts'

/** The query of `GET /schedules`. */
export const ListQuery = Type.Object(
  {
    kind: Type.Optional(Type.Enum(['end-of-day', 'user'], { description: 'Only schedules of this kind' })),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Only schedules whose name, or whose definition as JSON text, contains this text, in upper or lower case',
      }),
    ),
    state: Type.Optional(
      Type.Enum([...states], {
        description:
          '`late`: its next slot is over for 60 s, and it has not fired; `paused` and `ended` do not fire',
      }),
    ),
    sort: Type.Enum(['name', 'next'], {
      default: 'name',
      description:
        'The order: by name, or what fires next first and what does not fire last. In this order, a schedule that fires while you read the pages moves back, and you can miss it or see it twice',
    }),
    after: Type.Optional(
      Type.String({ description: '`nextAfter` of the previous page, which must have the same `sort`' }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
)

/** A page of schedules. */
export const List = Type.Object(
  {
    schedules: Type.Array(ScheduleBody),
    nextAfter: Nullable(Type.String(), '`after` for the next page; null on the last page'),
  },
  { title: 'ScheduleList', examples: [{ schedules: [exampleSchedule], nextAfter: null }] },
)

/** The query of `GET /schedules/:name/next`. */
export const NextQuery = Type.Object(
  { count: Type.Integer({ minimum: 1, maximum: 100, default: 10 }) },
  { additionalProperties: false },
)

/** A firing to come. */
export const Firing = Type.Object(
  {
    slot: Instant('The instant for which it fires'),
    slotLocal: Type.String({
      description:
        'The same instant in local time with its UTC offset, which tells apart the two passes of an hour that comes twice',
    }),
    fireAt: Instant('When it fires: the slot plus its part of the jitter'),
    day: Type.Optional(Day('For an end-of-day schedule: the day that ends')),
  },
  { title: 'Firing' },
)

/** The representation of a firing to come. */
export const firingBody = ({ slot, fireAt, ...day }: UpcomingFiring, timeZone: string) => ({
  slot: slot.toISOString(),
  slotLocal: localTime(slot, timeZone),
  fireAt: fireAt.toISOString(),
  ...day,
})

/** The preview of a schedule. */
export const Next = Type.Object(
  { next: Type.Array(Firing) },
  { title: 'NextFirings', examples: [{ next: [exampleFiring] }] },
)

/** The query of `GET /schedules/:name/changes`. */
export const ChangesQuery = Type.Object(
  { limit: Type.Integer({ minimum: 1, maximum: 250, default: 50 }) },
  { additionalProperties: false },
)

/** The audit of a schedule. */
export const Changes = Type.Object(
  { changes: Type.Array(ChangeBody) },
  { title: 'ScheduleChanges', examples: [{ changes: [exampleChange] }] },
)
