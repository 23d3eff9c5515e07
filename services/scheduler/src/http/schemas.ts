import { Day, Instant, Nullable, TimeZone } from '@daybook/shared/events'
import { localTime } from '@daybook/shared/time/days'
import { type Static, Type } from 'typebox'
import { definitionOf } from '../definitions/definition.ts'
import { DefinitionView } from '../definitions/definition-schema.ts'
import { apiStates } from '../jobs/queries/job-filter.ts'
import { actions, type Schedule, type Stats } from '../schedules/schedule.ts'
import type { AuditEntry } from './audit.ts'
import { exampleSchedule } from './examples.ts'

/** The path parameters of a schedule. */
export const SchedulePath = Type.Object({
  name: Type.String({
    pattern: '^([A-Za-z0-9][A-Za-z0-9._-]{0,99}|end-of-day:[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2})$',
    description:
      'The name of the schedule: at most 100 letters, digits, `.`, `_` and `-`, the first a letter or digit. Or the name of an end-of-day schedule',
  }),
})

const Version = Type.Integer({ minimum: 1, description: 'The version of the definition, which is the ETag' })

const Counted = Type.Object(
  {
    fired: Type.Integer({ description: 'Slots that fired' }),
    missed: Type.Integer({
      description:
        'Slots that fired more than 60 s after their time, or not at all. A lower bound: after a long downtime one firing counts at most about 1,000 slots that it does not fire',
    }),
    caughtUp: Type.Integer({ description: 'Missed slots that fired nevertheless' }),
    lastSlot: Nullable(
      Instant(''),
      'The last slot that fired under this name, also of a schedule that was deleted since; null if none did',
    ),
    lastFiredAt: Nullable(Instant(''), 'When the last slot fired, or null'),
    lateMs: Nullable(Type.Integer(), 'How many milliseconds late it fired, or null'),
  },
  { description: 'Statistics since the schedule was created, without firings by hand' },
)

/** The job that a slot has added. */
export const LastJob = Type.Object(
  {
    id: Type.String(),
    state: Type.Enum([...apiStates], { description: 'As in GET /jobs' }),
  },
  {
    description:
      'The job that the last slot has added, unless it was removed because of its age; absent in answers to changes',
  },
)

/** A schedule in the REST API. */
export const ScheduleBody = Type.Object(
  {
    name: Type.String({ description: 'The key of its records in daybook.clock' }),
    kind: Type.Enum(['end-of-day', 'user'], {
      description: '`end-of-day` ends the days of a time zone; `user` was created by an operator',
    }),
    version: Type.Optional(Version),
    definition: Type.Optional(DefinitionView),
    timeZone: TimeZone('The time zone of its days or local times'),
    nextDay: Type.Optional(Day('The day that ends next')),
    nextSlot: Nullable(
      Instant(''),
      'The instant for which it fires next; null when it is paused or has no slot left',
    ),
    nextFireAt: Nullable(
      Instant(''),
      'When it fires next: the slot plus its part of the jitter; null like `nextSlot`',
    ),
    nextFireAtLocal: Nullable(Type.String(), 'The same instant in local time, with its UTC offset'),
    stats: Counted,
    lastJob: Type.Optional(LastJob),
  },
  { title: 'Schedule', examples: [exampleSchedule] },
)

/** The representation of a schedule in the REST API. */
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

/** An audit entry in the REST API. */
export const ChangeBody = Type.Object(
  {
    version: Version,
    at: Instant('When it was done'),
    by: Type.String({ description: "The operator: the token's `sub`" }),
    action: Type.Enum([...actions, 'fired']),
    definition: Type.Optional({
      ...DefinitionView,
      description: 'The definition after the change; absent for a firing by hand',
    }),
  },
  { title: 'ScheduleChange' },
)

/** The representation of an audit entry in the REST API. */
export function changeBody({ version, at, by, ...entry }: AuditEntry): Static<typeof ChangeBody> {
  const done = { version, at: at.toISOString(), by, action: entry.action }
  return entry.action === 'fired' ? done : { ...done, definition: definitionOf(entry) }
}
