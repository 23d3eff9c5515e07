import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Parsed, parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { eventReader } from '@daybook/shared/events'
import { isOutage } from '@daybook/shared/failures/outage'
import { type ConsumerOptions, SomeFailed } from '@daybook/shared/kafka'
import { lateWriterGroup, writerGroup } from '../groups.ts'
import { runId } from '../run-id.ts'
import { type LateDeps, lateLogs } from './late-logs.ts'
import { lateRequestTopic, logRequestEvents, logRequestTopic, type WriteUserLog } from './log-requests.ts'
import { type FailedRequest, idOf, writeUserLogs } from './write-user-logs.ts'

const read = eventReader<WriteUserLog>(logRequestEvents)

/** One batch is read while the files of another one are written, and those of a third one are flushed. */
const CONCURRENT_BATCHES = 3

/** The log requests of runs, and those of late completions. */
export const requestSources = [
  { group: writerGroup, topic: logRequestTopic.name },
  { group: lateWriterGroup, topic: lateRequestTopic.name },
] as const

/**
 * Consumes log requests. For each request it writes the user's whole day, so the files converge to the state of the events.
 * @param source one of `requestSources`. Late requests of earlier versions are among those of runs
 */
export function logWriter(
  deps: LateDeps & { park: Park },
  { group, topic }: (typeof requestSources)[number],
): ConsumerOptions {
  const late = lateLogs(deps, topic)
  return {
    group,
    topic,
    concurrentPartitions: CONCURRENT_BATCHES,
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, read, deps.park, heartbeat)
      const left = parsed.filter(one => !late.isAnswered(one))
      if (left.length === 0) return
      const requests = left.map(({ event }) => event.data)
      const failed = requests.some(request => request.late)
        ? await late.write(left, heartbeat)
        : await writeUserLogs(requests, deps, heartbeat)
      if (failed.length > 0) throw failureOf(failed, left, messages.length)
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

/** The error that delivers again only the messages that failed; an outage delivers all of them again. */
function failureOf(failed: FailedRequest[], parsed: Parsed<WriteUserLog>[], messages: number): Error {
  const [first] = failed as [FailedRequest]
  const outage = failed.find(({ error }) => isOutage(error))
  if (outage !== undefined) return outage.error
  const ids = new Set(failed.map(({ request }) => idOf(request)))
  const again = parsed.filter(({ event }) => ids.has(idOf(event.data))).map(({ message }) => message)
  return messages === again.length ? first.error : new SomeFailed(again, first.error)
}
