import { Instant, Nullable } from '@daybook/shared/events'
import { dayOf } from '@daybook/shared/time/days'
import { type Static, Type } from 'typebox'
import { MAX_PAST_FIRINGS } from '../schedules/firings/firing-update-store.ts'
import type { PastFiring } from '../schedules/schedule.ts'
import { endOfDayName, firingId, isEndOfDay } from '../schedules/schedule-name.ts'
import type { KeptFirings } from '../schedules/schedule-store.ts'
import { examplePastFiring } from './examples.ts'

/** The query of `GET /schedules/:name/firings`. */
export const FiringsQuery = Type.Object(
  { limit: Type.Integer({ minimum: 1, maximum: MAX_PAST_FIRINGS, default: MAX_PAST_FIRINGS }) },
  { additionalProperties: false },
)

const Body = Type.Object(
  {
    firedAt: Instant('When it fired, or when the scheduler decided that slots do not fire'),
    slot: Nullable(
      Instant(''),
      'The slot that fired; of a day that was ended by hand, its end; null when slots did not fire',
    ),
    lateMs: Nullable(Type.Integer(), 'How many milliseconds late a slot fired; null for all others'),
    notFired: Type.Integer({ description: 'How many slots did not fire; 0 for a firing' }),
    id: Nullable(
      Type.String(),
      'The id of its event, and of the job that it added; null when slots did not fire',
    ),
    by: Type.Optional(Type.String({ description: "Who fired it by hand: the token's `sub`" })),
  },
  { title: 'PastFiring' },
)

/** The past firings of a schedule. */
export const PastFirings = Type.Object(
  { firings: Type.Array(Body) },
  { title: 'PastFirings', examples: [{ firings: [examplePastFiring] }] },
)

/** The representation of a past firing. */
export const pastFiringBody = ({ at, slot, lateMs, leftOut, id, by }: PastFiring): Static<typeof Body> => ({
  firedAt: at.toISOString(),
  slot: slot?.toISOString() ?? null,
  lateMs: lateMs ?? null,
  notFired: leftOut ?? 0,
  id: id ?? null,
  ...(by === undefined ? {} : { by }),
})

/** The newest firings of a schedule, newest first, each with the id of its event. */
export const newestFirings = ({ _id: name, firings = [] }: KeptFirings, limit: number): PastFiring[] =>
  firings
    .slice(-limit)
    .toReversed()
    .map(firing => ({ ...firing, ...eventOf(name, firing) }))

/** Only the ids of firings by hand are stored: those of slots follow from them. */
function eventOf(name: string, { slot, id }: PastFiring): { id?: string } {
  if (id !== undefined || slot === undefined) return {}
  if (!isEndOfDay(name)) return { id: firingId(name, slot.toISOString()) }
  const timeZone = name.slice(endOfDayName('').length)
  return { id: `${name}:${dayOf(new Date(slot.getTime() - 1), timeZone)}` }
}
