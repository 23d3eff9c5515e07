import {
  Attempt,
  Instant,
  JobId,
  Json,
  KindName,
  LaneName,
  laneEvents,
  resultEvents,
  WorkerId,
} from '@daybook/shared/events'
import { Type } from 'typebox'

/** The shapes of workers in the REST API. */

const closed = { additionalProperties: false }
const worker = '0190a3b2-7c4d-7e5f-8a6b-9c0d1e2f3a4b'
const like = (example: object) => ({ ...closed, examples: [example] })
const { JobFailed, JobProgressed, JobReturned, WorkerBeat } = resultEvents

export const AttemptPath = Type.Object({
  id: JobId,
  n: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'The number of the attempt' }),
})
export const WorkerPath = Type.Object({ id: WorkerId })
export const LanePath = Type.Object({ lane: LaneName })

const Slots = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  default: 1,
  description: 'How many handlers the worker runs at once',
})
const about = {
  name: Type.String({ minLength: 1, maxLength: 255, description: 'The name of the worker, for people' }),
  version: Type.Optional(Type.String({ maxLength: 255, description: "The version of the worker's program" })),
  kinds: Type.Array(KindName, {
    minItems: 1,
    maxItems: 1000,
    description: 'The kinds for which it has handlers',
  }),
  slots: Type.Optional(Slots),
}
const Held = Type.Object({ job: JobId, attempt: Attempt })

export const ClaimBody = Type.Object(
  {
    worker: WorkerId,
    ...about,
    max: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 100,
        default: 1,
        description: 'How many attempts it takes at most',
      }),
    ),
    wait: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30,
        default: 0,
        description: 'How many seconds the answer may wait for a job',
      }),
    ),
  },
  like({ worker, name: 'mailer', kinds: ['send-invoice'], slots: 4, max: 4, wait: 0 }),
)
export const Claimed = Type.Object({
  jobs: Type.Array(laneEvents.JobDue, { description: 'The attempts to start, the most urgent first' }),
})

export const BeatBody = Type.Object(
  {
    ...about,
    lanes: Type.Array(LaneName, {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description: 'The lanes from which it claims',
    }),
    running: Type.Optional(Type.Array(Held, { maxItems: 10_000, description: 'The attempts that it runs' })),
  },
  like({
    name: 'mailer',
    kinds: ['send-invoice'],
    slots: 4,
    lanes: ['mail'],
    running: [{ job: 'invoice-4711', attempt: 1 }],
  }),
)
export const Told = Type.Object({
  cancelled: Type.Array(Held, {
    description: 'Attempts to end: report them as returned, reason `cancelled`',
  }),
  lost: Type.Array(Held, { description: 'Attempts that the worker does not hold any more: abort them' }),
  quiet: Type.Boolean({ description: 'True: claim no more' }),
})

export const StartBody = Type.Object({ worker: WorkerId }, like({ worker }))
export const Lease = Type.Object({
  leaseSeconds: Type.Number({ description: 'The attempt is lost so long after the last beat' }),
  timeoutMs: laneEvents.JobDue.properties.timeoutMs,
})

const { done, total, note } = JobProgressed.properties
export const ProgressBody = Type.Object(
  { worker: WorkerId, done, total, note: Type.Optional(note) },
  like({ worker, done: 3, total: 10 }),
)
export const Progressed = Type.Object({
  cancel: Type.Boolean({ description: 'True: the attempt is to end' }),
})

const { error, reason, retryAfterMs, pauseMs } = JobFailed.properties
export const OutcomeBody = Type.Object(
  {
    worker: WorkerId,
    outcome: Type.Enum(['succeeded', 'failed', 'returned'], {
      description: '`returned`: the worker gives the attempt back, which costs nothing',
    }),
    result: Type.Optional(Json('Of a success: any JSON of at most 64 KB')),
    error: Type.Optional({ ...error, description: 'Of a failure: what went wrong; text of at most 8 KB' }),
    reason: Type.Optional(
      Type.Enum([...reason.enum, ...JobReturned.properties.reason.enum], {
        description: 'Of a failure, default `error`; of an attempt given back, default `stopping`',
      }),
    ),
    retry: Type.Optional(
      Type.Boolean({ default: true, description: 'Of a failure: false if another attempt would fail too' }),
    ),
    retryAfterMs: Type.Optional(retryAfterMs),
    pauseMs: Type.Optional(pauseMs),
  },
  like({ worker, outcome: 'succeeded', result: { sent: true } }),
)
export const Recorded = Type.Object({
  state: Type.String({ description: 'The state of the job now, as in GET /jobs/{id}' }),
})

const { state, kinds, blockedMs } = WorkerBeat.properties
export const WorkerView = Type.Object({
  id: WorkerId,
  name: Type.String(),
  version: Type.String(),
  via: Type.Enum(['kafka', 'http']),
  state,
  lanes: Type.Array(
    Type.Object({
      lane: LaneName,
      partitions: Type.Array(Type.Integer()),
      note: Type.Optional(
        Type.String({ description: 'What an operator should know about the worker in this lane' }),
      ),
    }),
  ),
  kinds,
  slots: Slots,
  running: Type.Array(Held, {
    description: 'What it runs, by its last beat; of a lost worker, what it ran then',
  }),
  blockedMs,
  beatAt: Instant("Its last beat, by Kafka's clock"),
  lostAt: Type.Optional(Instant('When its lease was found to have ended')),
})
