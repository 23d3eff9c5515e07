import { Day, Instant, Nullable, TimeZone } from '@daybook/shared/events'
import { localTime } from '@daybook/shared/time/days'
import { type Static, Type } from 'typebox'
import { definitionOf } from '../definitions/definition.ts'
import { DefinitionView } from '../definitions/definition-schema.ts'
import type { AuditEntry } from '../schedules/audit.ts'
import { actions, type Schedule, type Stats } from '../schedules/schedule.ts'

/** The shapes of schedules in the REST API. */

export const SchedulePath = Type.Object({
  name: Type.String({
    pattern: '^([A-Za-z0-9][A-Za-z0-9._-]{0,99}|end-of-day:[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2})$',
    description:
      'Its name: letters, digits, `.`, `_` and `-`, at most 100; or that of an end-of-day schedule',
  }),
})

const Version = Type.Integer({ minimum: 1, description: 'The version of the definition; the ETag' })

const Counted = Type.Object(
  {
    fired: Type.Integer({ description: 'Slots that were fired' }),
    missed: Type.Integer({
      description:
        'Slots that fired more than 60 s after their time, or not at all. A lower bound: after a long downtime one firing counts at most about 1,000 slots that it does not fire',
    }),
    caughtUp: Type.Integer({ description: 'Missed slots that were fired all the same' }),
    lastSlot: Nullable(
      Instant(''),
      'The last slot that was fired, also before it was made anew under this name, or null',
    ),
    lastFiredAt: Nullable(Instant(''), 'When that was, or null'),
    lateMs: Nullable(Type.Integer(), 'By how many milliseconds that was after its time, or null'),
  },
  { description: 'Since it was made; without what was fired by hand' },
)

export const ScheduleBody = Type.Object({
  name: Type.String({ description: 'The key of its records in daybook.clock' }),
  kind: Type.Enum(['end-of-day', 'user'], { description: 'Whether it ends days, or an operator made it' }),
  version: Type.Optional(Version),
  definition: Type.Optional(DefinitionView),
  timeZone: TimeZone('Where its days end, or its local times are'),
  nextDay: Type.Optional(Day('The day that ends next')),
  nextSlot: Nullable(
    Instant(''),
    'The instant for which it fires next; null when paused, or when there is none',
  ),
  nextFireAt: Nullable(Instant(''), 'When that is: later than the slot by its share of the jitter'),
  nextFireAtLocal: Nullable(Type.String(), 'The same instant in local time, with its offset'),
  stats: Counted,
})

/** @returns the schedule as clients see it */
export function scheduleBody(schedule: Schedule): Static<typeof ScheduleBody> {
  const { _id: name, kind, nextFireAt, stats } = schedule
  const definition = kind === 'user' ? definitionOf(schedule) : undefined
  const timeZone = kind === 'user' ? (definition?.timeZone as string) : schedule.timeZone
  const nextSlot = kind === 'user' ? schedule.nextSlot : nextFireAt
  return {
    name,
    kind,
    ...(kind === 'user' ? { version: schedule.version } : { nextDay: schedule.nextDay }),
    ...(definition === undefined ? {} : { definition }),
    timeZone,
    nextSlot: text(nextSlot),
    nextFireAt: text(nextFireAt),
    nextFireAtLocal: nextFireAt === undefined ? null : localTime(nextFireAt, timeZone),
    stats: counted(stats),
  }
}

const text = (instant: Date | undefined) => instant?.toISOString() ?? null

function counted({ fired, missed, caughtUp, lastSlot, lastFiredAt, lateMs }: Partial<Stats> = {}) {
  const counts = { fired: fired ?? 0, missed: missed ?? 0, caughtUp: caughtUp ?? 0 }
  return { ...counts, lastSlot: text(lastSlot), lastFiredAt: text(lastFiredAt), lateMs: lateMs ?? null }
}

export const ChangeBody = Type.Object({
  version: Version,
  at: Instant('When it was done'),
  by: Type.String({ description: "The operator: the token's `sub`" }),
  action: Type.Enum([...actions, 'fired']),
  definition: Type.Optional({ ...DefinitionView, description: 'What it left; a firing by hand has none' }),
})

/** @returns an entry of the audit as clients see it */
export function changeBody({ version, at, by, ...entry }: AuditEntry): Static<typeof ChangeBody> {
  const done = { version, at: at.toISOString(), by, action: entry.action }
  return entry.action === 'fired' ? done : { ...done, definition: definitionOf(entry) }
}
