import { type Static, Type } from 'typebox'
import { Duration } from '../time/duration.ts'
import { Instant } from './fields.ts'
import { JobKey, Json, KindName, Priority } from './job-fields.ts'

/** What people request: a job, or a job that continues another one or a group. */

const fields = {
  kind: KindName,
  data: Type.Optional(Json('The input of the handler: any JSON of at most 64 KB; null if absent')),
  key: Type.Optional(JobKey),
  priority: Type.Optional({ ...Priority, default: 3 }),
}

/** A job that is added when another job or a group has finished. It may have a continuation of its own. */
export interface Continuation {
  kind: string
  data?: unknown
  key?: string
  priority?: number
  on?: 'success' | 'finish'
  then?: Continuation
}

/** The most continuations in a row. */
export const MAX_CHAIN = 20

export const ContinuationSchema = Type.Unsafe<Continuation>({
  type: 'object',
  properties: {
    ...fields,
    on: Type.Enum(['success', 'finish'], {
      description:
        '`success`: only if the job succeeded, or all jobs of the group did. `finish`: in any case. The default is `success` after a job, and `finish` after a group',
    }),
    then: Type.Unsafe({ type: 'object', description: 'The next continuation: the same fields' }),
  },
  required: ['kind'],
  additionalProperties: false,
  description:
    'A job to add afterwards. Its handler learns how the job or the group ended. At most 20 continuations in a row',
})

export const jobRequestFields = {
  ...fields,
  at: Type.Optional(
    Instant('When the job is due, at most a year ahead; an instant in the past means at once'),
  ),
  in: Type.Optional(Duration('After which time the job is due')),
  coalesce: Type.Optional(
    Type.Object(
      {
        maxDelay: Type.Optional(
          Duration('The longest time by which repeated requests with `in` put off the job'),
        ),
      },
      {
        additionalProperties: false,
        description:
          'At most one of your jobs of this kind and key waits for its first attempt. A request changes its data and its time instead of adding another one. At least one run starts after the last request',
      },
    ),
  ),
  expiresAt: Type.Optional(
    Instant(
      'A job that has not started by then expires. While its kind is paused, while no worker reads its lane and while the scheduler is down, this time moves on',
    ),
  ),
  then: Type.Optional(ContinuationSchema),
}

/** One job as people request it, without its id. */
export const JobRequest = Type.Object(jobRequestFields, {
  additionalProperties: false,
  description: 'A job. It has at most one of `at` and `in`. `coalesce` needs a `key`',
  examples: [{ kind: 'send-invoice', data: { invoice: 4711 }, key: 'customer-7' }],
})
export type JobRequest = Static<typeof JobRequest>
