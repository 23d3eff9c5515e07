import { Instant, JobRequest } from '@daybook/shared/events'
import { Duration } from '@daybook/shared/time/duration'
import { Type } from 'typebox'
import { cronDescription } from './cron-description.ts'

// This is not a union, because each branch of a union would report its own error for one mistake.
const Excluded = Type.Unsafe<string | { from: string; to: string }>({
  type: ['string', 'object'],
  format: 'date',
  properties: {
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
  },
  required: ['from', 'to'],
  additionalProperties: false,
  description: 'A local date, YYYY-MM-DD, or all dates between two, inclusive',
})

const { kind, data, key, priority } = JobRequest.properties

const ScheduledJob = Type.Object(
  { kind, data, key, priority },
  {
    title: 'ScheduledJob',
    additionalProperties: false,
    description:
      'A job that each firing adds, besides its event. The id of the job is the id of the event, so no slot adds two jobs. Its owner is `schedule:<name>`',
  },
)

export const overlaps = ['allow', 'skip', 'queue', 'cancel'] as const

/** The fields that say when a schedule fires: a definition has exactly one of them. */
export const kinds = ['cron', 'every', 'at'] as const

/** A definition as an operator writes it. */
export const DefinitionBody = Type.Object(
  {
    cron: Type.Optional(
      Type.String({
        format: 'cron',
        maxLength: 200,
        description: cronDescription,
      }),
    ),
    every: Type.Optional(
      Duration(
        'The elapsed time between two slots, counted from `start`, or from when the slots were set if there is no `start`',
      ),
    ),
    at: Type.Optional(
      Instant(
        'The only instant at which the schedule fires. A past instant fires at once. It is rejected if `catchUp` or `catchUpWindow` exclude it, or if a slot at or after it already fired under this name',
      ),
    ),
    timeZone: Type.Optional(
      Type.String({
        format: 'time-zone',
        description:
          'The IANA time zone of `cron` and `exclude`. The default is the setting DEFAULT_TIME_ZONE',
      }),
    ),
    start: Type.Optional(Instant('All slots are at or after this instant')),
    end: Type.Optional(Instant('All slots are before this instant')),
    exclude: Type.Optional(
      Type.Array(Excluded, { maxItems: 1000, description: 'Local dates without slots' }),
    ),
    jitter: Type.Optional(
      Duration(
        'Spreads the firings: each is delayed after its slot by a part of this duration. The part is computed from the name of the schedule and the slot',
      ),
    ),
    paused: Type.Optional(Type.Boolean({ default: false, description: 'A paused schedule does not fire' })),
    catchUp: Type.Optional(
      Type.Enum(['all', 'latest', 'none'], {
        default: 'all',
        description:
          'Which due slots fire when at least one of them was missed. A slot is missed when it is more than 60 s late. `all`: every slot. `latest`: only the latest slot, missed or not. `none`: only slots that are not missed. When no slot was missed, every due slot fires',
      }),
    ),
    catchUpWindow: Type.Optional({
      ...Duration('Missed slots that are late by more than this duration do not fire'),
      default: 'P7D',
    }),
    data: Type.Optional(
      Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        additionalProperties: true,
        description:
          'Any JSON that the events of the schedule carry, at most 8 KB. Numbers that JavaScript cannot represent are rejected',
      }),
    ),
    job: Type.Optional(ScheduledJob),
    overlap: Type.Optional(
      Type.Enum([...overlaps], {
        description:
          'What to do when a job of this schedule has not ended; only with `job`; the default is `skip`. `allow`: both run. `skip`: the new job is not run; it is kept as cancelled, with the reason `overlap`. `queue`: the new job runs afterwards; at most one waits, and further ones are skipped. `cancel`: the earlier jobs are cancelled, and the new one runs when they have ended',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'NewSchedule',
    oneOf: kinds.map(kind => ({ required: [kind] })),
    description: 'Exactly one of cron, every, at',
    examples: [{ cron: '30 9 * * 1-5', timeZone: 'Europe/Berlin', data: { team: 'blue' } }],
  },
)

/** A definition as it is stored. */
export const DefinitionView = Type.Object(DefinitionBody.properties, {
  title: 'ScheduleDefinition',
  description: 'The definition that an operator wrote, with defaults',
})
