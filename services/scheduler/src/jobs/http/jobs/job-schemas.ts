import {
  Attempt,
  Cause,
  Instant,
  JobId,
  JobKey,
  JobRequest,
  Json,
  KindName,
  LaneName,
  Priority,
  UserId,
} from '@daybook/shared/events'
import { Type } from 'typebox'
import { apiStates } from '../../queries/job-filter.ts'
import { waitReasons } from '../../queries/why-waiting.ts'
import { exampleJob } from './examples.ts'

/** The shapes of jobs in the REST API. */

export const JobPath = Type.Object({ id: JobId })

/** A request of a job. */
export const NewJob = { ...JobRequest, title: 'NewJob' }

const Count = (description: string) => Type.Integer({ minimum: 0, description })

export const State = Type.Enum([...apiStates], {
  description:
    '`waiting`: for its time, or for a turn; `sent`: to a worker that has not reported the start; `running`: a worker runs it; the others: it has ended',
})

export const Reason = Type.String({
  description:
    'Why it failed: `error`, `timeout`, `invalid-data`, `result-invalid`, or `crashed` when its workers died',
})

const Waiting = Type.Object(
  {
    reason: Type.Enum([...waitReasons], {
      description: [
        '`time`: it is not due yet;',
        '`backoff`: its last attempt failed or crashed;',
        '`paused`: its kind is paused;',
        '`failing`: the last attempts of its kind all failed, and one at a time is sent until one succeeds;',
        '`no-worker-on-lane`; `no-worker-knows-kind`: no worker of the lane has a handler for the kind;',
        '`key`: as many jobs of its key as may run at once are before it;',
        '`schedule`: an earlier job of its schedule has not ended;',
        '`rate`; `in-flight`: a limit of its kind, or one that kinds share;',
        '`free-worker`: all workers that can run it are busy',
      ].join(' '),
    }),
    detail: Type.String({ description: 'The reason in words' }),
    until: Type.Optional(Instant('When this reason ends, if that is known')),
  },
  {
    description: 'Why it waits, found out when it is read: of several reasons the one that has to end first',
  },
)

const PastAttempt = Type.Object(
  {
    attempt: Attempt,
    worker: Type.Optional(Type.String({ description: 'The id of the worker' })),
    sentAt: Type.Optional(Instant('When it was sent; only of an attempt in hand')),
    startedAt: Type.Optional(Instant('When the handler started; absent if it has not started')),
    endedAt: Type.Optional(Instant('When it ended; absent of an attempt in hand')),
    outcome: Type.Optional(
      Type.Enum(['succeeded', 'failed', 'returned', 'crashed', 'cancelled'], {
        description:
          '`returned`: the worker gave it back, which costs nothing; `crashed`: the worker died. Absent of an attempt in hand',
      }),
    ),
    reason: Type.Optional(Type.String({ description: 'Why it failed or was returned' })),
    error: Type.Optional(Type.String({ description: 'What the handler reported' })),
  },
  { title: 'Attempt' },
)

const Progress = Type.Object(
  {
    done: Type.Number(),
    total: Type.Number(),
    note: Type.Optional(Type.String()),
    at: Instant('When the worker reported it'),
  },
  { description: 'How far the handler of the newest attempt is' },
)

export const TraceId = Type.String({
  pattern: '^[0-9a-f]{32}$',
  description: 'The id of a trace: 32 hexadecimal digits',
})

const listed = {
  id: JobId,
  kind: KindName,
  lane: LaneName,
  state: State,
  key: Type.Optional(JobKey),
  group: Type.Optional({ ...JobId, description: 'The group of which it is a member' }),
  schedule: Type.Optional(Type.String({ description: 'The schedule that added it' })),
  trace: Type.Optional({
    ...TraceId,
    description:
      'The id of the trace in which it was added: that of the request, or of the event that requested it',
  }),
  owner: Type.String({
    ...UserId,
    description: "Who added it: the token's `sub`, or for example a schedule",
  }),
  priority: Priority,
  addedAt: Instant('When it was added'),
  dueAt: Instant('When it is or was due; for a retry, when that is due'),
  startedAt: Type.Optional(Instant('When the attempt in hand started')),
  finishedAt: Type.Optional(Instant('When it ended')),
  attempt: Count('The number of its newest attempt; 0 before the first one'),
  failures: Count('How many attempts have failed'),
  crashes: Count('How many attempts ended with the death of their worker'),
  cancelAskedAt: Type.Optional(Instant('When its worker was asked to cancel it')),
  progress: Type.Optional(Progress),
  reason: Type.Optional(Reason),
}

/** A job in a list. */
export const ListedJob = Type.Object(
  {
    ...listed,
    error: Type.Optional(Type.String({ description: 'The beginning of the error with which it failed' })),
    waiting: Type.Optional(Waiting),
  },
  { title: 'ListedJob', description: 'A job without data and result' },
)

/** A job. */
export const JobBody = Type.Object(
  {
    ...listed,
    error: Type.Optional(Type.String({ description: 'The error with which it failed' })),
    expiresAt: Type.Optional(Instant('When it expires if it has not started')),
    waiting: Type.Optional(Waiting),
    attempts: Type.Array(PastAttempt, {
      description: 'The newest 10 attempts that have ended, oldest first, and the one in hand',
    }),
    data: Json('The input of the handler'),
    result: Type.Optional(Json('What the handler returned; present when it succeeded')),
    then: Type.Optional(Json('The job to add afterwards, as it was requested')),
    cause: Type.Optional(Cause),
  },
  { title: 'Job', examples: [exampleJob], description: 'A job' },
)
