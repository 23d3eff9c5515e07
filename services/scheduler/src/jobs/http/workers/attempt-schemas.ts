import { JobId, Json, laneEvents, resultEvents, WorkerId } from '@daybook/shared/events'
import { Type } from 'typebox'
import { like, exampleWorker as worker } from './examples.ts'

/** The shapes of attempts in the REST API. */

const { JobFailed, JobProgressed, JobReturned } = resultEvents

export const AttemptPath = Type.Object({
  id: JobId,
  n: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'The number of the attempt' }),
})

export const StartBody = Type.Object({ worker: WorkerId }, like('NewStart', { worker }))
export const Lease = Type.Object(
  {
    leaseSeconds: Type.Number({ description: 'The attempt is lost so long after the last beat' }),
    timeoutMs: laneEvents.JobDue.properties.timeoutMs,
  },
  { title: 'Lease', examples: [{ leaseSeconds: 30, timeoutMs: 300_000 }] },
)

const { done, total, note } = JobProgressed.properties
export const ProgressBody = Type.Object(
  { worker: WorkerId, done, total, note: Type.Optional(note) },
  like('NewProgress', { worker, done: 3, total: 10 }),
)
export const Progressed = Type.Object(
  {
    cancel: Type.Boolean({ description: 'True: the attempt is to end' }),
  },
  { title: 'NotedProgress', examples: [{ cancel: false }] },
)

const { error, reason, retryAfterMs, pauseMs } = JobFailed.properties
// A body with a larger integer is refused, because it cannot be read exactly.
const exact = { maximum: Number.MAX_SAFE_INTEGER }
export const OutcomeBody = Type.Object(
  {
    worker: WorkerId,
    outcome: Type.Enum(['succeeded', 'failed', 'returned'], {
      description: '`returned`: the worker gives the attempt back, which costs nothing',
    }),
    result: Type.Optional(Json('Of a success: any JSON of at most 64 KB')),
    error: Type.Optional({
      ...error,
      description: 'What went wrong; a failure needs it; text of at most 8 KB',
    }),
    reason: Type.Optional(
      Type.Enum([...reason.enum, ...JobReturned.properties.reason.enum], {
        description: 'Of a failure, default `error`; of an attempt given back, default `stopping`',
      }),
    ),
    retry: Type.Optional(
      Type.Boolean({ default: true, description: 'Of a failure: false if another attempt would fail too' }),
    ),
    retryAfterMs: Type.Optional({ ...retryAfterMs, ...exact }),
    pauseMs: Type.Optional({ ...pauseMs, ...exact }),
  },
  like('NewOutcome', { worker, outcome: 'succeeded', result: { sent: true } }),
)
export const Recorded = Type.Object(
  {
    state: Type.String({ description: 'The state of the job now, as in GET /jobs/{id}' }),
  },
  { title: 'RecordedOutcome', examples: [{ state: 'succeeded' }] },
)
