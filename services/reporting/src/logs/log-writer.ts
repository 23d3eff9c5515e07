import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Parsed, parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { isOutage } from '@daybook/shared/failures/outage'
import { type ConsumerOptions, type IncomingMessage, Interrupted } from '@daybook/shared/kafka'
import { lateWriterGroup, writerGroup } from '../groups.ts'
import { runId } from '../run-id.ts'
import { type LateDeps, lateLogs } from './late-logs.ts'
import {
  type LogRequest,
  lateRequestTopic,
  logRequestTopic,
  readLogRequest,
  requestIn,
  type WriteUserLog,
} from './log-requests.ts'
import { idOf, type LeftRequest, logged, type Writing, writeUserLogs } from './write-user-logs.ts'

/** One batch is read while the files of another one are written, and those of a third one are flushed. */
const CONCURRENT_BATCHES = 3

/** The log requests of runs, and those of late completions. */
export const requestSources = [
  { group: writerGroup, topic: logRequestTopic.name },
  { group: lateWriterGroup, topic: lateRequestTopic.name },
] as const

/** A request whose log is to be written apart. */
export interface SetApart {
  /** The consumer group that read the message of the request. */
  group: string
  message: IncomingMessage
  request: LogRequest
  /** The error of the first attempt; undefined for a large log, which was not tried. */
  error: Error | undefined
}

/** What a log writer uses. */
export interface LogWriterDeps extends LateDeps {
  park: Park
  pace: LateDeps['pace'] & { isWaiting: () => boolean }
  /** Stores requests to be done apart. */
  setApart: (requests: SetApart[]) => Promise<void>
}

/**
 * Consumes log requests. For each request it writes the user's whole day, so the files converge to the state of the events.
 * Requests whose logs cannot be written, or are large, are set apart, so that they do not hold up the logs of others.
 * @param source one of `requestSources`. Late requests of earlier versions are among those of runs
 */
export function logWriter(
  deps: LogWriterDeps,
  { group, topic }: (typeof requestSources)[number],
): ConsumerOptions {
  const late = lateLogs(deps, topic)

  /** @returns the requests whose logs are not written */
  async function write(parsed: Parsed<WriteUserLog>[], writing: Writing): Promise<LeftRequest[]> {
    const requests = parsed.map(({ event }) => requestIn(event))
    const [first] = requests
    try {
      return requests.some(request => request.late)
        ? await late.write(parsed, writing)
        : await writeUserLogs(requests, deps, writing)
    } catch (error) {
      // The messages of a batch are delivered again one by one, which shows whose log it is.
      const isShared = requests.length > 1 || isOutage(error) || error instanceof Interrupted
      if (isShared || first === undefined || !(error instanceof Error)) throw error
      return [{ request: first, error }]
    }
  }

  return {
    group,
    topic,
    concurrentPartitions: CONCURRENT_BATCHES,
    isPaced: deps.pace.isWaiting,
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, readLogRequest, deps.park, heartbeat)
      const due = parsed.filter(one => !late.isAnswered(one))
      if (due.length === 0) return
      // A dead letter is handled as a whole, or its replay fails.
      const isReplay = due.some(({ message }) => message.isReplay)
      const left = await write(due, { heartbeat, leavesLarge: !isReplay })
      const failure = left.find(({ error }) => isReplay || isOutage(error))
      if (failure?.error !== undefined) throw failure.error
      if (left.length === 0) return
      await deps.setApart(apartOf(left, due, group))
      for (const { request, error } of left)
        if (error)
          deps.log.warn({ err: error, ...logged(request) }, 'a log cannot be written: trying it apart')
    },
    async park(message, error, attempts) {
      const reading = readLogRequest(message)
      if (reading.status === 'event') {
        const { day, userId, timeZone } = reading.event.data
        await deps.userLogs.recordFailed(day, userId, runId(day, timeZone), error)
      }
      await deps.park(message, error, attempts)
    },
  }
}

/** The messages of the requests that are left: several may ask for one log. */
function apartOf(left: LeftRequest[], parsed: Parsed<WriteUserLog>[], group: string): SetApart[] {
  const byLog = new Map(left.map(({ request, error }) => [idOf(request), { error }]))
  return parsed.flatMap(({ event, message }) => {
    const found = byLog.get(idOf(event.data))
    if (found === undefined) return []
    return { group, message, request: requestIn(event), error: found.error }
  })
}
