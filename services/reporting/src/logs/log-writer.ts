import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { eventReader } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { concurrently } from '../concurrently.ts'
import { writerGroup } from '../groups.ts'
import { runId } from '../run-id.ts'
import { type LogRequest, logRequestEvents, logRequestTopic, type WriteUserLog } from './log-requests.ts'
import { userLogId } from './user-log-store.ts'
import { type WriteDeps, writeUserLog } from './write-user-log.ts'

/**
 * How many users' logs are written concurrently. Most of the time is spent on disk flushes, which concurrent writes share.
 */
const MAX_CONCURRENT = 16

const read = eventReader<WriteUserLog>(logRequestEvents)

/**
 * Consumes log requests. For each request it writes the user's whole day, so the files converge to the state of the events.
 */
export function logWriter(deps: WriteDeps & { park: Park }): ConsumerOptions {
  return {
    group: writerGroup,
    topic: logRequestTopic.name,
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, read, deps.park, heartbeat)
      const requests = onePerLog(parsed.map(({ event }) => event.data))
      await concurrently(requests, MAX_CONCURRENT, request => writeUserLog(request, deps, heartbeat))
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

/**
 * Keeps the last request for each log, so that no log is written twice at the same time. The kept request is late if any
 * request for its log is late.
 */
function onePerLog(requests: LogRequest[]): LogRequest[] {
  const byLog = new Map<string, LogRequest>()
  for (const request of requests) {
    const id = userLogId(request.day, request.userId)
    byLog.set(id, { ...request, late: request.late || (byLog.get(id)?.late ?? false) })
  }
  return [...byLog.values()]
}
