import { Instant } from '@daybook/shared/events'
import { Duration } from '@daybook/shared/time/duration'
import { Type } from 'typebox'
import { cronDescription } from './cron-description.ts'

// One schema in place of a union, of which each branch would report an error.
const Excluded = Type.Unsafe<string | { from: string; to: string }>({
  type: ['string', 'object'],
  format: 'date',
  properties: {
    from: { type: 'string', format: 'date' },
    to: { type: 'string', format: 'date' },
  },
  required: ['from', 'to'],
  additionalProperties: false,
  description: 'A local date, YYYY-MM-DD, or all from one to another',
})

/** What says when a schedule fires: it has exactly one of these. */
export const kinds = ['cron', 'every', 'at'] as const

/** A schedule as an operator writes it. */
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
      Duration('The time between two slots, whatever the clocks do, counted from `start`'),
    ),
    at: Type.Optional(
      Instant(
        'The one instant at which it fires. A past one fires at once, if `catchUp` and `catchUpWindow` leave it in and it comes after all slots fired under this name; else it is refused',
      ),
    ),
    timeZone: Type.Optional(
      Type.String({
        format: 'time-zone',
        description: 'Where `cron` and `exclude` are read, an IANA time zone; the default one, if not given',
      }),
    ),
    start: Type.Optional(Instant('The first instant at which it may fire')),
    end: Type.Optional(Instant('The instant from which on it fires no more')),
    exclude: Type.Optional(
      Type.Array(Excluded, { maxItems: 1000, description: 'Local dates on which it does not fire' }),
    ),
    jitter: Type.Optional(
      Duration(
        'The most by which a firing comes after its slot; how much is the same for a slot whoever fires it',
      ),
    ),
    paused: Type.Optional(Type.Boolean({ default: false, description: 'Whether nothing is due' })),
    catchUp: Type.Optional(
      Type.Enum(['all', 'latest', 'none'], {
        default: 'all',
        description:
          'Which slots fire when at least one was missed, by more than 60 s: `all` that are due; `latest`, only the latest one that is due, late or in time; `none`, only those in time. When none was missed, all fire',
      }),
    ),
    catchUpWindow: Type.Optional({ ...Duration('How old a missed slot may be to be fired'), default: 'P7D' }),
    data: Type.Optional(
      Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        additionalProperties: true,
        description:
          'What its events carry: JSON, at most 8 KB; a number that JavaScript cannot represent is refused',
      }),
    ),
  },
  {
    additionalProperties: false,
    oneOf: kinds.map(kind => ({ required: [kind] })),
    description: 'Exactly one of cron, every, at',
    examples: [{ cron: '30 9 * * 1-5', timeZone: 'Europe/Berlin', data: { team: 'blue' } }],
  },
)

/** A schedule's definition as it is kept. */
export const DefinitionView = Type.Object(DefinitionBody.properties, {
  description: 'What an operator wrote, with the defaults',
})
