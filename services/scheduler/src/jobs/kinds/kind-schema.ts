import { LaneName, LimitName } from '@daybook/shared/events'
import { Duration } from '@daybook/shared/time/duration'
import { Type } from 'typebox'
import { InFlight, RateBody } from './limit-schema.ts'

const Backoff = Type.Object(
  {
    initial: Type.Optional(Duration('The wait after the first failure; default PT5S')),
    factor: Type.Optional(
      Type.Number({
        minimum: 1,
        maximum: 10,
        default: 2,
        description: 'Each further wait is longer by this factor',
      }),
    ),
    cap: Type.Optional(Duration('The longest wait; default PT1H')),
    jitter: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 0.25,
        description:
          'A random part of the wait, up to this share, is added to it, so that jobs that failed together do not retry together',
      }),
    ),
  },
  { title: 'Backoff', additionalProperties: false, description: 'How long a job waits after a failure' },
)

/** A kind as an operator writes it. */
export const KindBody = Type.Object(
  {
    lane: Type.Optional({ ...LaneName, default: 'default' }),
    schema: Type.Optional(
      Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        additionalProperties: true,
        description:
          'The JSON Schema of the data, at most 32 KB: draft 2020-12, or draft-07 if `$schema` says so. Jobs whose data do not match are refused. `$ref` can only point into the schema itself',
      }),
    ),
    attempts: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        default: 10,
        description: 'After how many failures a job fails',
      }),
    ),
    backoff: Type.Optional(Backoff),
    timeout: Type.Optional(
      Type.Unsafe<string>({
        type: 'string',
        format: 'elapsed-time-or-none',
        maxLength: 40,
        description:
          'How long a handler may run: an ISO 8601 duration, or `none`. The default is PT5M. After it, the attempt has failed',
      }),
    ),
    softTimeout: Type.Optional(
      Duration('After which time the handler is asked to end. The default is 80 % of `timeout`'),
    ),
    rate: Type.Optional(RateBody),
    inFlight: Type.Optional(InFlight),
    perKey: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description:
          'How many jobs with the same key may be in hand at once. It holds for jobs that are added afterwards',
      }),
    ),
    expires: Type.Optional(
      Duration(
        'After which time a job expires that has not started. The time does not run while the kind is paused, while no worker reads its lane and while the scheduler is down',
      ),
    ),
    mailTo: Type.Optional(
      Type.Array(Type.String({ format: 'mail-address', maxLength: 254 }), {
        maxItems: 20,
        uniqueItems: true,
        description: 'Who gets a mail when jobs fail',
      }),
    ),
    paused: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'No attempt of a paused kind starts. Attempts in hand continue',
      }),
    ),
    claim: Type.Optional(
      Type.Enum(['ordinary', 'strict'], {
        default: 'ordinary',
        description:
          '`strict`: a worker asks the scheduler by HTTP before it starts an attempt, for work that must not overlap',
      }),
    ),
    limits: Type.Optional(
      Type.Array(LimitName, {
        maxItems: 10,
        uniqueItems: true,
        description: 'The names of limits that the kind shares with others',
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'NewKind',
    description: 'The rules of a kind. Every field has a default',
    examples: [{ lane: 'mail', attempts: 5, rate: { limit: 100, per: 'PT1M' }, perKey: 1 }],
  },
)
