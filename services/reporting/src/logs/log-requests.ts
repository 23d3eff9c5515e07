import { Day, type Envelope, eventReader, TimeZone, toMessage, traced, UserId } from '@daybook/shared/events'
import type { KafkaPort, Topic } from '@daybook/shared/kafka'
import { type Static, Type } from 'typebox'
import { runId } from '../run-id.ts'

/** Log requests: each asks the writers for one user's log of one day. Their topics are private to reporting. */

/** The requests of runs. Earlier versions send late requests here too. */
export const logRequestTopic: Topic = {
  // Earlier versions created the topic under this name, and a topic cannot be renamed.
  name: 'daybook.reporting.jobs',
  partitions: 6,
  settings: { 'retention.ms': String(7 * 86_400_000) },
}

/**
 * The requests of late completions. Writers of earlier versions do not know `through` and would write a log too early, so they
 * must not get these requests while an update runs.
 */
export const lateRequestTopic: Topic = { ...logRequestTopic, name: 'daybook.reporting.late' }

const logRequestEvents = {
  WriteUserLog: Type.Object({
    userId: UserId,
    day: Day('The day to write'),
    timeZone: TimeZone('The time zone of the run'),
    late: Type.Boolean({ description: 'Whether a completion was projected after its day was closed' }),
    again: Type.Optional(
      Type.Boolean({
        description:
          'Whether the log was reported before, and an operator ordered to write it again: all files as if none were there, and each change amends the day. Earlier versions write only the files that are missing, and the log itself',
      }),
    ),
    erased: Type.Optional(
      Type.Boolean({
        description:
          'Whether text of the log was erased. It comes with `again`, and task files are removed if TASK_FILES is false. Earlier versions leave these',
      }),
    ),
    through: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description:
          'By partition of daybook.tasks: the log is to have the completions before this offset. A completion among them sends no request of its own',
      }),
    ),
  }),
}

type RequestData = Static<typeof logRequestEvents.WriteUserLog>
export type WriteUserLog = Envelope<'WriteUserLog', RequestData>

export interface LogRequest extends RequestData {
  /** The trace context of what caused the request, if it is known: a header of the event. */
  traceparent?: string
}

export const readLogRequest = eventReader<WriteUserLog>(logRequestEvents)

/** The request in an event. */
export const requestIn = ({ data, traceparent }: WriteUserLog): LogRequest => ({
  ...data,
  ...traced(traceparent),
})

/** Publishes log requests, keyed by user, so that one writer at a time handles the requests of a user. */
export async function sendLogRequests(kafka: KafkaPort, requests: LogRequest[]): Promise<void> {
  const { late = [], ofRuns = [] } = Object.groupBy(requests, ({ late }) => (late ? 'late' : 'ofRuns'))
  await Promise.all([send(kafka, lateRequestTopic, late), send(kafka, logRequestTopic, ofRuns)])
}

async function send(kafka: KafkaPort, topic: Topic, requests: LogRequest[]): Promise<void> {
  if (requests.length === 0) return
  const time = new Date().toISOString()
  const events = requests.map(({ traceparent, ...data }): WriteUserLog => {
    const run = runId(data.day, data.timeZone)
    return {
      id: `${run}/${data.userId}`,
      type: 'WriteUserLog',
      source: '/daybook/reporting',
      subject: run,
      time,
      ...traced(traceparent),
      data,
    }
  })
  await kafka.publish(
    topic.name,
    events.map(event => toMessage(event, event.data.userId)),
  )
}
