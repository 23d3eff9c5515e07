import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Parsed, parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { eventReader } from '@daybook/shared/events'
import { isOutage } from '@daybook/shared/failures/outage'
import { type ConsumerOptions, SomeFailed } from '@daybook/shared/kafka'
import { writerGroup } from '../groups.ts'
import { runId } from '../run-id.ts'
import { CONCURRENT_BATCHES } from './log-files.ts'
import { type LogRequest, logRequestEvents, logRequestTopic, type WriteUserLog } from './log-requests.ts'
import { userLogId } from './user-log-store.ts'
import { type FailedRequest, type WriteDeps, writeUserLogs } from './write-user-logs.ts'

const read = eventReader<WriteUserLog>(logRequestEvents)

/**
 * Consumes log requests. For each request it writes the user's whole day, so the files converge to the state of the events.
 */
export function logWriter(deps: WriteDeps & { park: Park }): ConsumerOptions {
  return {
    group: writerGroup,
    topic: logRequestTopic.name,
    // While files of one partition are flushed, completions for another are read.
    concurrentPartitions: CONCURRENT_BATCHES,
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, read, deps.park, heartbeat)
      const requests = onePerLog(parsed.map(({ event }) => event.data))
      const failed = await writeUserLogs(requests, deps, heartbeat)
      if (failed.length > 0) throw failureOf(failed, parsed, messages.length)
    },
    async park(message, error, attempts) {
      const reading = read(message)
      if (reading.status === 'event') {
        const { day, userId, timeZone } = reading.event.data
        await deps.userLogs.recordFailed(day, userId, runId(day, timeZone), error)
      }
      await deps.park(message, error, attempts)
    },
  }
}

const idOf = ({ day, userId }: LogRequest) => userLogId(day, userId)

/**
 * Keeps the last request for each log, so that no log is written twice at the same time. The kept request is late if any
 * request for its log is late.
 */
function onePerLog(requests: LogRequest[]): LogRequest[] {
  const byLog = new Map<string, LogRequest>()
  for (const request of requests) {
    const id = idOf(request)
    byLog.set(id, { ...request, late: request.late || (byLog.get(id)?.late ?? false) })
  }
  return [...byLog.values()]
}

/** The error that delivers again only the messages that failed; an outage delivers all of them again. */
function failureOf(failed: FailedRequest[], parsed: Parsed<WriteUserLog>[], messages: number): Error {
  const [first] = failed as [FailedRequest]
  const outage = failed.find(({ error }) => isOutage(error))
  if (outage !== undefined) return outage.error
  const ids = new Set(failed.map(({ request }) => idOf(request)))
  const again = parsed.filter(({ event }) => ids.has(idOf(event.data))).map(({ message }) => message)
  return messages === again.length ? first.error : new SomeFailed(again, first.error)
}
