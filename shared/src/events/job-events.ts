import { type Static, type TSchema, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Instant, Nullable } from './fields.ts'
import { Attempt, GroupId, JobId, JobKey, Json, KindName, LaneName, WorkerId } from './job-fields.ts'
import { ContinuationSchema, jobRequestFields } from './job-request.ts'

/** The final states of a job. */
export const outcomes = ['succeeded', 'failed', 'cancelled', 'expired'] as const
export const Outcome = Type.Enum([...outcomes], { description: 'How the job ended' })

const Count = (description: string) => Type.Integer({ minimum: 0, description })

/** How many jobs of a group ended in which way. */
export const Counts = Type.Object(
  {
    total: Count('Jobs in the group'),
    succeeded: Count('Jobs that succeeded'),
    failed: Count('Jobs that failed'),
    cancelled: Count('Jobs that were cancelled'),
    expired: Count('Jobs that expired'),
  },
  { description: 'How many jobs of the group ended in which way' },
)
export type Counts = Static<typeof Counts>

/** What a continuation learns about the job or the group before it. */
export const Cause = Type.Object(
  {
    job: Type.Optional(JobId),
    group: Type.Optional(GroupId),
    state: Type.Optional(Outcome),
    result: Type.Optional(Json('The result of the job before')),
    counts: Type.Optional(Counts),
  },
  { description: 'In a continuation: the job or the group that it continues' },
)
export type Cause = Static<typeof Cause>

/** The events of `daybook.lane.<lane>`. */
export const laneEvents = {
  JobDue: Type.Object(
    {
      job: JobId,
      attempt: Attempt,
      kind: KindName,
      lane: LaneName,
      data: Json('The data of the job'),
      key: Type.Optional(JobKey),
      addedAt: Instant('When the job was added'),
      failures: Count('How many attempts have failed before'),
      startFrom: Type.Optional(
        Instant("The handler must not start earlier, by the broker's clock; only for kinds with a rate"),
      ),
      startBy: Instant(
        'The attempt may start only if the broker appended its JobStarted at or before this instant. Otherwise the worker drops or returns it',
      ),
      timeoutMs: Nullable(Count(''), 'How long the handler may run, in milliseconds; null: without a limit'),
      softTimeoutMs: Nullable(
        Count(''),
        'After how many milliseconds the handler is asked to end; null: never',
      ),
      strict: Type.Boolean({
        description: 'True: the worker must start the attempt by HTTP before it runs the handler',
      }),
      cause: Type.Optional(Cause),
    },
    { description: 'An attempt of a job for one of the workers of a lane.' },
  ),
}

const attempt = { worker: WorkerId, job: JobId, attempt: Attempt }

/** The events of daybook.jobs.results: what workers report. Record key: the id of the worker. */
export const resultEvents = {
  WorkerBeat: Type.Object(
    {
      worker: WorkerId,
      name: Type.String({ maxLength: 255, description: 'The name of the worker, for people' }),
      version: Type.String({ maxLength: 255, description: "The version of the worker's program" }),
      lanes: Type.Array(
        Type.Object({ lane: LaneName, partitions: Type.Array(Type.Integer({ minimum: 0 })) }),
        {
          maxItems: 100,
          description: 'The lanes that it reads, each with the partitions that it owns now',
        },
      ),
      kinds: Type.Array(KindName, { maxItems: 1000, description: 'The kinds for which it has handlers' }),
      slots: Type.Integer({ minimum: 1, maximum: 10_000, description: 'How many handlers it runs at once' }),
      running: Type.Array(Type.Object({ job: JobId, attempt: Attempt }), {
        maxItems: 10_000,
        description: 'The attempts that it holds: started, and not yet reported as ended',
      }),
      blockedMs: Count('For how long its handlers have not let the process do anything else'),
      state: Type.Enum(['working', 'quiet', 'stopping', 'stopped'], {
        description: '`quiet`: it takes no more attempts; `stopped`: its last beat',
      }),
      via: Type.Optional(
        Type.Enum(['http'], { description: 'Set by the scheduler, for a worker that uses HTTP only' }),
      ),
    },
    {
      description:
        'A worker is alive and holds its attempts. Every 5 s, and at once when its partitions change.',
    },
  ),
  JobStarted: Type.Object(attempt, { description: 'The worker is about to run the handler.' }),
  JobProgressed: Type.Object(
    {
      ...attempt,
      done: Type.Number({ minimum: 0, description: 'How much is done, in units of the handler' }),
      total: Type.Number({ minimum: 0, description: 'How much there is to do, in the same units' }),
      note: Type.Optional(
        Type.String({ maxLength: 500, description: 'What the handler does now, for people' }),
      ),
    },
    { description: 'How far the handler is. At most one a second for each attempt.' },
  ),
  JobSucceeded: Type.Object(
    { ...attempt, result: Type.Optional(Json('Any JSON of at most 64 KB')) },
    { description: 'The handler ended.' },
  ),
  JobFailed: Type.Object(
    {
      ...attempt,
      error: Type.String({ description: 'What went wrong; text of at most 8 KB' }),
      reason: Type.Enum(['error', 'timeout', 'invalid-data', 'result-invalid'], {
        description:
          '`error`: the handler failed; `timeout`: it ran too long; `invalid-data`: the data do not match its schema; `result-invalid`: the result is no JSON or too long',
      }),
      retry: Type.Boolean({ description: 'False: another attempt would fail too' }),
      retryAfterMs: Type.Optional(
        Count(
          'The earliest time of the next attempt, in milliseconds from now; more than a year counts as a year',
        ),
      ),
      pauseMs: Type.Optional(
        Count(
          'For how long no job of this kind may start, for example after an answer with status 429; in milliseconds, more than a year counts as a year',
        ),
      ),
    },
    { description: 'The attempt failed.' },
  ),
  JobReturned: Type.Object(
    {
      ...attempt,
      reason: Type.Enum(['stopping', 'late', 'unknown-kind', 'cancelled', 'lost'], {
        description:
          '`stopping`: the worker ends; `late`: after startBy; `unknown-kind`: it has no handler; `cancelled`: as CancelRequested asked; `lost`: the worker lost its lease',
      }),
      error: Type.Optional(
        Type.String({ description: 'What came in the way, for people; text of at most 8 KB' }),
      ),
    },
    { description: 'The worker gives the attempt back. It counts as no failure.' },
  ),
  LeaseProbe: Type.Object(
    { scheduler: Type.String({ description: 'The id of the process that wrote it' }) },
    {
      description:
        'Written by schedulers only: workers without a beat before it, for a whole lease, have lost their leases.',
    },
  ),
}

/** The events of daybook.jobs.control: what all workers read. */
export const controlEvents = {
  CancelRequested: Type.Object(
    { job: JobId, attempt: Attempt },
    { description: 'The attempt is to end: its signal is aborted.' },
  ),
  LeaseLost: Type.Object(
    { worker: WorkerId, job: Type.Optional(JobId), attempt: Type.Optional(Attempt) },
    {
      description:
        'The worker does not hold this attempt any more; without a job: no attempt at all. It must abort, and its outcomes are refused. A worker that lost everything needs a new id.',
    },
  ),
  Quiet: Type.Object({ worker: WorkerId }, { description: 'The worker takes no more attempts.' }),
}

/** The events of daybook.jobs, for other teams. */
export const jobEvents = {
  JobFinished: Type.Object(
    {
      job: JobId,
      kind: KindName,
      state: Outcome,
      key: Type.Optional(JobKey),
      group: Type.Optional(GroupId),
      schedule: Type.Optional(Type.String({ description: 'The schedule that added the job' })),
      attempts: Count('How many attempts the job had'),
      reason: Type.Optional(
        Type.String({
          description: 'Why it failed: error, timeout, invalid-data, result-invalid or crashed',
        }),
      ),
      error: Type.Optional(Type.String({ description: 'The error of the last attempt' })),
      addedAt: Instant('When the job was added'),
      finishedAt: Instant('When it ended'),
    },
    { description: 'A job ended. GET /jobs/{id} has its result.' },
  ),
  GroupFinished: Type.Object(
    { group: GroupId, counts: Counts, finishedAt: Instant('When the last job ended') },
    { description: 'All jobs of a closed group have ended.' },
  ),
}

/** The events of daybook.jobs.requests: jobs that other systems request. */
export const requestEvents = {
  JobRequested: Type.Object(
    {
      ...jobRequestFields,
      job: JobId,
      schedule: Type.Optional(
        Type.String({ description: 'Set by the scheduler: the schedule that requests the job' }),
      ),
      overlap: Type.Optional(
        Type.Enum(['allow', 'skip', 'queue', 'cancel'], {
          description: 'Set by the scheduler: what to do when the last job of the schedule has not ended',
        }),
      ),
    },
    { description: 'A job is requested, with an id that the requester chooses.' },
  ),
  GroupRequested: Type.Object(
    {
      group: GroupId,
      jobs: Type.Array(Type.Object({ ...jobRequestFields, job: JobId }), {
        minItems: 1,
        maxItems: 1000,
        description: 'The jobs, each with the fields of JobRequested',
      }),
      then: Type.Optional(ContinuationSchema),
      parent: Type.Optional({ ...JobId, description: 'The job whose handler requests the group' }),
    },
    { description: 'Jobs are requested as a closed group.' },
  ),
}

type EventsOf<Schemas extends Record<string, TSchema>> = {
  [Type in keyof Schemas & string]: Envelope<Type, Static<Schemas[Type]>>
}
export type JobDue = EventsOf<typeof laneEvents>['JobDue']
export type ResultEvents = EventsOf<typeof resultEvents>
export type ResultEvent = ResultEvents[keyof ResultEvents]
export type ControlEvents = EventsOf<typeof controlEvents>
export type ControlEvent = ControlEvents[keyof ControlEvents]
export type JobEvents = EventsOf<typeof jobEvents>
export type JobEvent = JobEvents[keyof JobEvents]
export type RequestEvents = EventsOf<typeof requestEvents>
export type RequestEvent = RequestEvents[keyof RequestEvents]
