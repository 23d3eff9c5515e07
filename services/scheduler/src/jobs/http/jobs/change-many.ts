import { Instant, Nullable } from '@daybook/shared/events'
import { type App, problems } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import type { Progress } from '../../commands/bulk.ts'
import { readCursor, writeCursor } from '../../queries/job-cursor.ts'
import { type ApiState, type JobFilter, storedStates } from '../../queries/job-filter.ts'
import { jobsScope, ownerFor, tags } from './access.ts'
import type { JobRoutes } from './job-routes.ts'
import { conditionFields, readConditions } from './list-jobs.ts'

const { kind, key, group, ...others } = conditionFields

const filterOf = (title: string, states: ApiState[]) =>
  Type.Object(
    {
      kind,
      state: Type.Optional(
        Type.Enum(states, { description: 'Only jobs in this state. The default is all of these states' }),
      ),
      key,
      group,
      error: Type.Optional(
        Type.String({
          minLength: 1,
          maxLength: 200,
          format: 'well-formed',
          description: 'Only jobs that failed with an error that contains this text, in upper or lower case',
        }),
      ),
      ...others,
    },
    {
      title,
      additionalProperties: false,
      minProperties: 1,
      description: 'Which jobs: of yours, or of everybody for an operator. At least one condition',
    },
  )

const Cursor = Type.String({ format: 'cursor', description: '`nextCursor` of the previous answer' })

const bodyOf = (title: string, states: ApiState[]) =>
  Type.Object(
    {
      filter: filterOf(`${title}Filter`, states),
      dryRun: Type.Optional(
        Type.Boolean({
          default: false,
          description:
            'Only count, and change none. One request counts up to 100,000 jobs: there may be more if `nextCursor` is not null',
        }),
      ),
      asOf: Type.Optional(
        Instant(
          'Leaves alone what came after this instant, as `countedAt` of a dry run: jobs that were added later are not cancelled, and jobs that ended later are not retried. Jobs that are retried later are cancelled',
        ),
      ),
      cursor: Type.Optional(Cursor),
    },
    { title, additionalProperties: false, examples: [{ filter: { kind: 'send-invoice' }, dryRun: true }] },
  )

const Count = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

const answer = {
  matching: Count('With `dryRun`: how many jobs this request has counted'),
  countedAt: Type.Optional(Instant('With `dryRun`: when they were counted, for `asOf`')),
  nextCursor: Nullable(Cursor, 'Repeat the request with this `cursor` to go on; null when no job is left'),
}

const paging =
  'One request changes 10,000 jobs at most: repeat it with `nextCursor` as `cursor` until that is null. A request whose answer was lost can be repeated. An empty filter is refused.'

const following = ({ after }: Progress) => ({ nextCursor: after === undefined ? null : writeCursor(after) })

/** Serves `POST /jobs/cancel` and `POST /jobs/retry`. */
export function serveManyChanges(app: App, routes: JobRoutes): void {
  serveCancelMany(app, routes)
  serveRetryMany(app, routes)
}

function serveCancelMany(app: App, { bulk }: JobRoutes): void {
  const schema = {
    operationId: 'cancelJobs',
    summary: 'Cancel all jobs of a filter',
    description: `Jobs that wait end at once. Workers are asked to end the jobs that they have. ${paging}`,
    tags,
    body: bodyOf('Cancellation', ['waiting', 'sent', 'running']),
    response: {
      200: Type.Object(
        {
          cancelled: Count('Jobs that waited and have ended'),
          asked: Count('Jobs that workers are asked to end'),
          ...answer,
        },
        { title: 'CancelledJobs', examples: [{ cancelled: 3, asked: 1, nextCursor: null }] },
      ),
      ...problems(),
    },
  }
  app.post('/jobs/cancel', { ...jobsScope, schema }, async ({ body, user }) => {
    const common = { ...readFilter(body.filter), owner: ownerFor(user) }
    const filter = body.asOf === undefined ? common : addedBy(body.asOf, common)
    if (body.dryRun) return count(bulk, 'cancel', filter, body.cursor)
    const { cancelled, asked, ...progress } = await bulk.cancel(filter, placeOf(body.cursor))
    return { cancelled, asked, ...following(progress) }
  })
}

function serveRetryMany(app: App, { bulk }: JobRoutes): void {
  const schema = {
    operationId: 'retryJobs',
    summary: 'Run all jobs of a filter again that failed, were cancelled or expired',
    description: `As for a single job. ${paging}`,
    tags,
    body: bodyOf('Retry', ['failed', 'cancelled', 'expired']),
    response: {
      200: Type.Object(
        { retried: Count('Jobs that wait for another attempt'), ...answer },
        { title: 'RetriedJobs', examples: [{ retried: 4, nextCursor: null }] },
      ),
      ...problems(),
    },
  }
  app.post('/jobs/retry', { ...jobsScope, schema }, async ({ body, user }) => {
    const common = { ...readFilter(body.filter), owner: ownerFor(user) }
    const filter = { ...common, endedBy: body.asOf === undefined ? undefined : new Date(body.asOf) }
    if (body.dryRun) return count(bulk, 'retry', filter, body.cursor)
    const { retried, ...progress } = await bulk.retry(filter, placeOf(body.cursor))
    return { retried, ...following(progress) }
  })
}

async function count(
  bulk: JobRoutes['bulk'],
  command: 'cancel' | 'retry',
  filter: JobFilter,
  cursor: string | undefined,
) {
  const { matching, at, ...progress } = await bulk.count(command, filter, placeOf(cursor))
  return { matching, countedAt: at.toISOString(), ...following(progress) }
}

/** Converts the filter of a request. */
const readFilter = ({ state, ...conditions }: Static<ReturnType<typeof filterOf>>): JobFilter => ({
  ...readConditions(conditions),
  states: state && storedStates(state),
})

/** Limits a filter to the jobs that were added at an instant or earlier. */
function addedBy(instant: string, filter: JobFilter): JobFilter {
  // Times have milliseconds.
  const after = new Date(Date.parse(instant) + 1)
  const { addedBefore = after } = filter
  return { ...filter, addedBefore: addedBefore < after ? addedBefore : after }
}

const placeOf = (cursor: string | undefined) =>
  cursor === undefined ? undefined : readCursor(cursor, '/cursor')
