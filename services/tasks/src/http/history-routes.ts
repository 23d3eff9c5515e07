import { Instant, Nullable, NullableInstant, Sequence, TaskId, traceOf, UserId } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems, type User } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import type { EventHistory, HistoryEntry } from '../events/history-store.ts'
import { TaskPath } from './bodies/task-body.ts'
import { HistoryQuery } from './schemas.ts'

const Step = Type.Object(
  {
    id: Type.String({ description: 'The id of the event' }),
    taskId: TaskId,
    userId: UserId,
    sequence: Sequence,
    type: Type.String(),
    time: Instant('When it happened'),
    trace: Nullable(
      Type.String(),
      'The id of the trace of the request that caused it; log lines have it too',
    ),
    day: Type.Optional(
      Type.String({ format: 'date', description: 'The day of a completion, or of one taken back' }),
    ),
    timeZone: Type.Optional(Type.String({ description: 'Its time zone' })),
    published: Type.Boolean({ description: 'Whether it is on daybook.tasks' }),
    partition: Nullable(
      Type.Integer(),
      'Its partition of daybook.tasks; null before, and if an earlier version published it',
    ),
    offset: Nullable(Type.String(), 'Its offset, or null like `partition`'),
    publishedAt: NullableInstant('When it was published, or null like `partition`'),
  },
  {
    title: 'TaskStep',
    description: 'An event of a task without the text of the task, and where it was published first',
  },
)

const exampleStep = {
  id: '019ab0c0-0000-7000-8000-000000000001:2',
  taskId: '019ab0c0-0000-7000-8000-000000000001',
  userId: 'alice',
  sequence: 2,
  type: 'TaskCompleted',
  time: '2026-11-22T08:30:00.000Z',
  trace: '4bf92f3577b34da6a3ce929d0e0e4736',
  day: '2026-11-22',
  timeZone: 'Europe/Berlin',
  published: true,
  partition: 3,
  offset: '1204',
  publishedAt: '2026-11-22T08:30:00.020Z',
}

const Steps = Type.Object(
  {
    taskId: TaskId,
    userId: UserId,
    steps: Type.Array(Step),
    nextAfter: Nullable(Type.Integer(), '`after` of the next page, or null on the last page'),
  },
  {
    title: 'TaskSteps',
    examples: [{ taskId: exampleStep.taskId, userId: 'alice', steps: [exampleStep], nextAfter: null }],
  },
)

const TracePath = Type.Object({
  trace: Type.String({ pattern: '^[0-9a-f]{32}$', description: 'The id of a trace: 32 hexadecimal digits' }),
})

const MAX_OF_TRACE = 1000
const tags = ['tasks']

/** Serves what became of each event of a task, and the tasks of a trace: one's own, and all tasks for an admin. */
export function serveHistory(app: App, history: EventHistory): void {
  serveSteps(app, history)
  serveTrace(app, history)
}

function serveSteps(app: App, history: EventHistory): void {
  const schema = {
    operationId: 'readTaskHistory',
    summary: 'What became of each event of a task: its request, and where it was published',
    description:
      'Also after the task was deleted. An admin sees the tasks of all users. `GET /completions/{taskId}` of reporting continues it with the projection and the log.',
    tags,
    params: TaskPath,
    querystring: HistoryQuery,
    response: { 200: Steps, ...problems('DAYBOOK_TASK_NOT_FOUND') },
  }
  app.get('/tasks/:id/history', { schema }, async ({ params: { id }, query: { after, limit }, user }) => {
    const page = Array.from({ length: limit }, (_, i) => after + 1 + i)
    // Also reads the first event, which names the owner of the task.
    const found = await history.ofTask(id, [...new Set([1, ...page])])
    const owner = found[0]?.event.data.userId
    if (owner === undefined || !maySee(user, owner))
      throw new DaybookError('DAYBOOK_TASK_NOT_FOUND', `You have no task ${id}`)
    const steps = found.filter(({ event }) => event.data.sequence > after).map(stepOf)
    const nextAfter = steps.length === limit ? (steps.at(-1)?.sequence ?? null) : null
    return { taskId: id, userId: owner, steps, nextAfter }
  })
}

function serveTrace(app: App, history: EventHistory): void {
  const schema = {
    operationId: 'findTasksOfTrace',
    summary: 'The events that the requests of a trace caused',
    description: `At most ${MAX_OF_TRACE}, in the order of their times; \`more\` says whether there are others. An admin sees those of all users.`,
    tags,
    params: TracePath,
    response: {
      200: Type.Object(
        {
          steps: Type.Array(Step),
          more: Type.Boolean({ description: 'Whether there are other events of the trace' }),
        },
        { title: 'TraceSteps', examples: [{ steps: [exampleStep], more: false }] },
      ),
      ...problems(),
    },
  }
  app.get('/tasks/traces/:trace', { schema }, async ({ params: { trace }, user }) => {
    const found = await history.ofTrace(trace, user.admin ? undefined : user.id, MAX_OF_TRACE + 1)
    return { steps: found.slice(0, MAX_OF_TRACE).map(stepOf), more: found.length > MAX_OF_TRACE }
  })
}

const maySee = (user: User, owner: string) => user.admin || user.id === owner

function stepOf({ event, isPublished, place }: HistoryEntry): Static<typeof Step> {
  const { id, type, time, data } = event
  const { taskId, userId, sequence } = data
  return {
    ...{ id, taskId, userId, sequence, type, time },
    trace: traceOf(event).trace ?? null,
    ...dayOf(event),
    published: isPublished,
    partition: place?.partition ?? null,
    offset: place === undefined ? null : String(place.offset),
    publishedAt: place?.at.toISOString() ?? null,
  }
}

function dayOf(event: HistoryEntry['event']): { day?: string; timeZone?: string } {
  if (event.type === 'TaskCompleted') return { day: event.data.day, timeZone: event.data.timeZone }
  if (event.type !== 'TaskReopened') return {}
  return { day: event.data.completedDay, timeZone: event.data.timeZone }
}
