import {
  ContinuationSchema,
  Instant,
  JobId,
  JobKey,
  Json,
  KindName,
  MAX_JOBS_AT_ONCE,
  Nullable,
} from '@daybook/shared/events'
import { Type } from 'typebox'
import { apiStates } from '../../queries/job-filter.ts'
import { exampleGroup, exampleResult } from './examples.ts'
import { NewJob, Reason, State } from './job-schemas.ts'

/** The shapes of groups in the REST API. */

export const GroupPath = Type.Object({ id: { ...JobId, description: 'The id of the group' } })

const jobs = (minItems: number) => Type.Array(NewJob, { minItems, maxItems: MAX_JOBS_AT_ONCE })

/** The request that makes a group. */
export const NewGroupBody = Type.Object(
  {
    jobs: { ...jobs(0), description: 'The jobs of the group' },
    then: Type.Optional(ContinuationSchema),
    close: Type.Optional(
      Type.Boolean({
        default: true,
        description: 'False: more jobs can be added, until the group is closed by a request',
      }),
    ),
    group: Type.Optional({
      ...JobId,
      description: 'An id for the group. The same request with the same id again adds nothing',
    }),
  },
  {
    title: 'NewGroup',
    additionalProperties: false,
    examples: [
      {
        jobs: [
          { kind: 'resize', data: 1 },
          { kind: 'resize', data: 2 },
        ],
        then: { kind: 'publish' },
      },
    ],
  },
)

/** The request that adds jobs to a group. */
export const MoreJobsBody = Type.Object(
  { jobs: jobs(1) },
  { title: 'MoreJobs', additionalProperties: false, examples: [{ jobs: [{ kind: 'resize', data: 3 }] }] },
)

/** The answer after jobs were added to a group. */
export const AddedBody = Type.Object(
  {
    group: JobId,
    jobs: Type.Array(JobId, { description: 'The ids of the jobs, in the order of the request' }),
  },
  { title: 'AddedJobs', examples: [{ group: 'images', jobs: ['images:000', 'images:001'] }] },
)

const Count = Type.Integer({ minimum: 0 })
const Failure = Type.Object({
  job: JobId,
  reason: Type.Optional(Reason),
  error: Type.Optional(Type.String({ description: 'The beginning of the error' })),
})

/** A group. */
export const GroupBody = Type.Object(
  {
    id: JobId,
    state: Type.Enum(['open', 'closed', 'finished'], {
      description: '`open`: jobs can be added; `closed`: no more; `finished`: all its jobs have ended',
    }),
    owner: Type.String({ description: "Who made it: the token's `sub`, or the job whose handler did" }),
    addedAt: Instant('When it was made'),
    closedAt: Type.Optional(Instant('When it was closed')),
    finishedAt: Type.Optional(Instant('When its last job had ended')),
    parent: Type.Optional({ ...JobId, description: 'The job whose handler requested it' }),
    then: Type.Optional(Json('The job to add when it has finished, as it was requested')),
    counts: Type.Object(Object.fromEntries(['total', ...apiStates].map(name => [name, Count])), {
      description:
        'Its jobs by state. Of a group that has finished: as they were then, also when jobs are retried or removed afterwards',
    }),
    failures: Type.Array(Failure, { description: 'At most 10 of the jobs that failed' }),
  },
  { title: 'Group', examples: [exampleGroup] },
)

export const GroupsQuery = Type.Object(
  { parent: { ...JobId, description: 'The job whose handler made them' } },
  { additionalProperties: false },
)

/** Some groups. */
export const Groups = Type.Object(
  { groups: Type.Array(GroupBody) },
  { title: 'GroupList', examples: [{ groups: [exampleGroup] }] },
)

const Cursor = Type.String({ format: 'cursor', description: '`nextCursor` of the previous page' })

export const ResultsQuery = Type.Object(
  {
    state: Type.Optional(State),
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)

/** A page of the jobs of a group and their results. */
export const Results = Type.Object(
  {
    results: Type.Array(
      Type.Object(
        {
          job: JobId,
          kind: KindName,
          key: Type.Optional(JobKey),
          state: State,
          result: Type.Optional(Json('What its handler returned')),
          reason: Type.Optional(Reason),
          error: Type.Optional(Type.String({ description: 'The error with which it failed' })),
        },
        { title: 'JobResult' },
      ),
    ),
    nextCursor: Nullable(Cursor, '`cursor` of the next page, or null on the last page'),
  },
  { title: 'JobResults', examples: [{ results: [exampleResult], nextCursor: null }] },
)
