import {
  Attempt,
  Instant,
  JobId,
  KindName,
  LaneName,
  laneEvents,
  resultEvents,
  WorkerId,
} from '@daybook/shared/events'
import { Type } from 'typebox'
import { MAX_RUNNING } from '../../queries/worker-list-store.ts'
import { exampleWorker, like } from './examples.ts'

/** The shapes of workers in the REST API. */

const { WorkerBeat } = resultEvents

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
const Held = Type.Object({ job: JobId, attempt: Attempt }, { title: 'HeldAttempt' })

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
  like('NewClaim', {
    worker: exampleWorker,
    name: 'mailer',
    kinds: ['send-invoice'],
    slots: 4,
    max: 4,
    wait: 0,
  }),
)
export const Claimed = Type.Object(
  {
    jobs: Type.Array(
      { ...laneEvents.JobDue, title: 'DueAttempt' },
      { description: 'The attempts to start, the most urgent first' },
    ),
  },
  {
    title: 'Claim',
    examples: [
      {
        jobs: [
          {
            job: 'invoice-4711',
            attempt: 1,
            kind: 'send-invoice',
            lane: 'mail',
            data: { invoice: 4711 },
            addedAt: '2026-11-22T08:30:00.000Z',
            failures: 0,
            startBy: '2026-11-22T08:30:30.000Z',
            timeoutMs: 300_000,
            softTimeoutMs: 240_000,
            strict: false,
          },
        ],
      },
    ],
  },
)

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
  like('Beat', {
    name: 'mailer',
    kinds: ['send-invoice'],
    slots: 4,
    lanes: ['mail'],
    running: [{ job: 'invoice-4711', attempt: 1 }],
  }),
)
export const Told = Type.Object(
  {
    cancelled: Type.Array(Held, {
      description: 'Attempts to end: report them as returned, reason `cancelled`',
    }),
    lost: Type.Array(Held, { description: 'Attempts that the worker does not hold any more: abort them' }),
    quiet: Type.Boolean({ description: 'True: claim no more' }),
  },
  { title: 'WorkerOrders', examples: [{ cancelled: [], lost: [], quiet: false }] },
)

const { state, kinds, blockedMs } = WorkerBeat.properties
export const WorkerView = Type.Object(
  {
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
      description: `What it runs, by its last beat, at most ${MAX_RUNNING} attempts; of a lost worker, what it ran then`,
    }),
    runningCount: Type.Integer({ minimum: 0, description: 'How many attempts it runs' }),
    blockedMs,
    beatAt: Instant("Its last beat, by Kafka's clock"),
    lostAt: Type.Optional(Instant('When its lease was found to have ended')),
  },
  { title: 'Worker' },
)
