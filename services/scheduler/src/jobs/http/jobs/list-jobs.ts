import { Instant, JobId, JobKey, KindName, LaneName, Nullable } from '@daybook/shared/events'
import { type App, problems } from '@daybook/shared/http'
import { type Static, type TObject, Type } from 'typebox'
import { byState, MAX_COUNTED } from '../../queries/count-states.ts'
import { readCursor, writeCursor } from '../../queries/job-cursor.ts'
import { storedStates } from '../../queries/job-filter.ts'
import type { Waiting } from '../../queries/why-waiting.ts'
import type { Job } from '../../stored/job.ts'
import { jobsScope, ownerFor, tags } from './access.ts'
import { exampleListedJob } from './examples.ts'
import { listedFields, listedJob, whyFields } from './job-body.ts'
import type { JobRoutes } from './job-routes.ts'
import { ListedJob, State, TraceId } from './job-schemas.ts'

const Cursor = Type.String({ format: 'cursor', description: '`nextCursor` of the previous page' })

/** The conditions of lists, and of commands for many jobs. */
export const conditionFields = {
  kind: Type.Optional({ ...KindName, description: 'Only jobs of this kind' }),
  key: Type.Optional({ ...JobKey, description: 'Only jobs with this key' }),
  group: Type.Optional({ ...JobId, description: 'Only members of this group' }),
  trace: Type.Optional(
    Type.Array(TraceId, {
      minItems: 1,
      maxItems: 50,
      description: 'Only jobs that were added in one of these traces; in a query: `trace=a&trace=b`',
    }),
  ),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      format: 'well-formed',
      description:
        'Only jobs whose id begins with this text, and jobs that failed with an error that contains it, in upper or lower case',
    }),
  ),
  lane: Type.Optional({ ...LaneName, description: 'Only jobs of this lane' }),
  schedule: Type.Optional(Type.String({ maxLength: 100, description: 'Only jobs that this schedule added' })),
  from: Type.Optional(Instant('Only jobs that were added then or later')),
  before: Type.Optional(Instant('Only jobs that were added earlier')),
}

type Conditions = Static<TObject<typeof conditionFields>>

/** Converts the conditions of a request to a filter. */
export const readConditions = <Others extends object>({ from, before, ...others }: Conditions & Others) => ({
  ...others,
  addedFrom: from === undefined ? undefined : new Date(from),
  addedBefore: before === undefined ? undefined : new Date(before),
})

const Choice = (description: string) =>
  Type.Optional(Type.Enum(['true', 'false'], { default: 'false', description }))

const ListQuery = Type.Object(
  {
    ...conditionFields,
    state: Type.Optional(State),
    why: Choice('Whether to say why jobs wait'),
    counts: Choice('Whether to count the jobs of the query in each state, whatever its `state` is'),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)

const StateCount = Type.Object(
  {
    count: Type.Integer({ minimum: 0, description: `At most ${MAX_COUNTED}` }),
    more: Type.Boolean({ description: 'Whether there may be more' }),
  },
  { title: 'StateCount' },
)

const JobPage = Type.Object(
  {
    jobs: Type.Array(ListedJob),
    counts: Type.Optional(
      Type.Object(
        byState(() => StateCount),
        {
          description:
            'With `counts`: how many jobs of the query are in each state. An answer is kept for twenty times as long as it took',
        },
      ),
    ),
    nextCursor: Nullable(Cursor, '`cursor` of the next page, or null on the last page'),
  },
  { title: 'JobList', examples: [{ jobs: [exampleListedJob], nextCursor: null }] },
)

/** Serves `GET /jobs`. `sourcesOf` says which index finds the jobs of which query. */
export function serveList(app: App, { list, whyTheyWait, countStates }: JobRoutes): void {
  const schema = {
    operationId: 'listJobs',
    summary: 'Your jobs, newest ids first; an operator sees those of everybody',
    description:
      'Every job that meets the query from the first page to the last is on exactly one page, even when jobs change meanwhile. A page examines 5,000 jobs at most. So it can have fewer jobs than `limit`, also none, while `nextCursor` is set: read on until it is null. Lists have no data and no results.',
    tags,
    querystring: ListQuery,
    response: { 200: JobPage, ...problems() },
  }
  app.get('/jobs', { ...jobsScope, schema }, async ({ query, user }) => {
    const { state, limit, cursor, why, counts, ...conditions } = query
    const after = cursor === undefined ? undefined : readCursor(cursor)
    const filter = { ...readConditions(conditions), owner: ownerFor(user) }
    const fields = why === 'true' ? whyFields : listedFields
    const page = await list.page(
      { ...filter, states: state && storedStates(state) },
      { after, limit, fields },
    )
    const reasons = why === 'true' ? await whyTheyWait(page.rows as Job[]) : new Map<string, Waiting>()
    return {
      jobs: page.rows.map(job => listedJob(job, reasons.get(job._id))),
      ...(counts === 'true' ? { counts: await countStates(filter) } : {}),
      nextCursor: page.after === undefined ? null : writeCursor(page.after),
    }
  })
}
