import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type ClockEvent,
  type Envelope,
  endOfDayEvent,
  keyOf,
  type TaskEvent,
  type TaskEventOf,
  tasksPublishedEvent,
  toMessage,
  topics,
  type UserErased,
} from '@daybook/shared/events'
import { connectKafka, type KafkaPort, offsetsToJson, type Published } from '@daybook/shared/kafka'
import {
  type Answer,
  client,
  makeStack,
  type RunningService,
  type Stack,
  silent,
  startService,
  token,
  until,
} from '@daybook/shared/testing'
import { endOfDay } from '@daybook/shared/time/days'
import type { Test } from 'tap'
import {
  type LogRequest,
  lateRequestTopic,
  logRequestTopic,
  sendLogRequests,
} from '../../src/logs/log-requests.ts'

/** A user's day as GET /days/{day} returns it. */
export interface DayAnswer {
  completions: { taskId: string; name: string; late: boolean | null }[]
  takenBack?: { taskId: string; timeZone: string }[]
  nextCursor: string | null
  log: {
    state: string
    revision: number
    sha256: string | null
    error?: string
    retrying?: { attempts: number; error: string }
  }
}

export interface RunAnswer {
  id: string
  state: string
  jobs: number | null
  written: number
  failed: number
  manifestSha256: string | null
}

/** The fixture of a test of reporting before the service runs: a stack, and Kafka to publish to it. */
export interface Bench {
  stack: Stack
  kafka: KafkaPort
  publish: (...events: (TaskEvent | UserErased)[]) => Promise<Published>
  /** Publishes events of daybook.clock. */
  tell: (...events: ClockEvent[]) => Promise<Published>
  /** Publishes TasksPublished, as tasks does when everything is published. */
  tasksPublished: (endedAt: Date) => Promise<Published>
  /** Ends a day: publishes its EndOfDay, and then TasksPublished. */
  endDay: (day: string, timeZone?: string) => Promise<Published>
  sendLogRequests: (...requests: LogRequest[]) => Promise<void>
  /** A path below the folder of the log files. */
  path: (...names: string[]) => string
  /** The text of a file below the folder, or undefined when there is none. */
  read: (...names: string[]) => Promise<string | undefined>
  /** The sorted names in a folder below the folder; none when it is missing. */
  list: (...names: string[]) => Promise<string[]>
}

export async function makeBench(t: Test): Promise<Bench> {
  const stack = await makeStack(t)
  const kafka = await connectKafka({
    brokers: stack.brokers,
    service: 'test',
    prefix: stack.prefix,
    topics: [topics.tasks, topics.clock, topics.reports, logRequestTopic, lateRequestTopic],
    log: silent,
    onCrash: error => t.fail(error.message),
  })
  t.teardown(() => kafka.close())
  const path = (...names: string[]) => join(stack.logDir, ...names)
  const tell = (...events: ClockEvent[]) =>
    kafka.publish(
      topics.clock.name,
      events.map(event => toMessage(event, keyOf.clock(event))),
    )
  const tasksPublished = async (endedAt: Date) =>
    tell(tasksPublishedEvent(endedAt, offsetsToJson(await kafka.endOffsets(topics.tasks.name))))
  return {
    stack,
    kafka,
    tell,
    tasksPublished,
    publish: (...events) =>
      kafka.publish(
        topics.tasks.name,
        events.map(event => toMessage(event, event.data.userId)),
      ),
    async endDay(day, timeZone = 'UTC') {
      await tell(endOfDayEvent(day, timeZone, endOfDay(day, timeZone), `end-of-day:${timeZone}`))
      return tasksPublished(endOfDay(day, timeZone))
    },
    sendLogRequests: (...requests) => sendLogRequests(kafka, requests),
    path,
    read: async (...names) => (existsSync(path(...names)) ? readFile(path(...names), 'utf8') : undefined),
    list: async (...names) => (existsSync(path(...names)) ? (await readdir(path(...names))).sort() : []),
  }
}

/** A running reporting service, with REST clients of an operator and of users. */
export interface Reporting extends RunningService {
  operator: ReturnType<typeof client>
  as: (user: string) => Promise<ReturnType<typeof client>>
  dayOf: (user: string, day: string) => Promise<DayAnswer>
  run: (id: string) => Promise<Answer<RunAnswer>>
  /** Waits until a run is done. */
  runDone: (day: string, timeZone?: string) => Promise<RunAnswer>
}

export async function startReporting(t: Test, stack: Stack, env: Record<string, string> = {}) {
  const service = await startService(t, 'reporting', { ...stack.env, ...env })
  const operator = client(service.url, await token('operator', { admin: true }))
  const run = (id: string) => operator<RunAnswer>(`/runs/${encodeURIComponent(id)}`)
  const reporting: Reporting = {
    ...service,
    operator,
    as: async user => client(service.url, await token(user)),
    dayOf: async (user, day) =>
      (await operator<DayAnswer>(`/days/${day}?user=${encodeURIComponent(user)}`)).body,
    run,
    runDone: (day, timeZone = 'UTC') =>
      until(`the run of ${day} in ${timeZone} is done`, async () => {
        const { body } = await run(`${day}@${timeZone}`)
        return body.state === 'done' && body
      }),
  }
  return reporting
}

/** Ends the pauses of all logs that are tried again apart. */
export const endPauses = ({ db }: Pick<Stack, 'db'>) =>
  db.collection('logs_apart').updateMany({ owner: { $exists: false } }, { $set: { dueAt: new Date(0) } })

type Details = Partial<TaskEventOf<'TaskCompleted'>['data']>

/** Makes the TaskCompleted of a new task, at noon of the day in UTC. */
export function completed(userId: string, day: string, details: Details = {}): TaskEventOf<'TaskCompleted'> {
  const { taskId = randomUUID(), sequence = 2 } = details
  const completedAt = details.completedAt ?? `${day}T12:00:00.000Z`
  const what = { name: 'Water the plants', notes: null, dueOn: null, tags: [], timeZone: 'UTC', ...details }
  const data = { ...what, taskId, userId, sequence, completedAt, day }
  return { ...envelope(taskId, sequence, completedAt), type: 'TaskCompleted', data }
}

/** Makes the TaskReopened that follows a completion. */
export function reopened(
  { data }: TaskEventOf<'TaskCompleted'>,
  takenBack = true,
): TaskEventOf<'TaskReopened'> {
  const { taskId, userId, timeZone, day: completedDay, completedAt: reopenedAt } = data
  const sequence = data.sequence + 1
  return {
    ...envelope(taskId, sequence, reopenedAt),
    type: 'TaskReopened',
    data: { taskId, userId, sequence, reopenedAt, completedDay, timeZone, takenBack },
  }
}

/** Makes the last event of a task whose text is erased. */
export function erasedAfter({ data }: TaskEventOf<'TaskCompleted'>): TaskEventOf<'TaskDeleted'> {
  const { taskId, userId, completedAt: deletedAt } = data
  const sequence = data.sequence + 1
  const about = { ...envelope(taskId, sequence, deletedAt), type: 'TaskDeleted' } as const
  return { ...about, data: { taskId, userId, sequence, deletedAt, erased: true } }
}

/** Makes the events by which a user deletes a completed task and restores it. */
export function deletedAndRestored({ data }: TaskEventOf<'TaskCompleted'>): TaskEvent[] {
  const { taskId, userId, completedAt: at } = data
  const [first, second] = [data.sequence + 1, data.sequence + 2]
  const of = (sequence: number) => ({ taskId, userId, sequence })
  return [
    { ...envelope(taskId, first, at), type: 'TaskDeleted', data: { ...of(first), deletedAt: at } },
    { ...envelope(taskId, second, at), type: 'TaskRestored', data: { ...of(second), restoredAt: at } },
  ]
}

const envelope = (subject: string, sequence: number, time: string): Omit<Envelope, 'type' | 'data'> => ({
  id: `${subject}:${sequence}`,
  source: '/daybook/tasks',
  subject,
  time,
})
