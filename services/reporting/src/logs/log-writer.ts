import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Parsed, parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { eventReader } from '@daybook/shared/events'
import { isOutage } from '@daybook/shared/failures/outage'
import { type ConsumerOptions, type KafkaPort, type Offsets, SomeFailed } from '@daybook/shared/kafka'
import { writerGroup } from '../groups.ts'
import { catchUpOf } from '../projection/catch-up.ts'
import { runId } from '../run-id.ts'
import { type LogRequest, logRequestEvents, logRequestTopic, type WriteUserLog } from './log-requests.ts'
import { type FailedRequest, idOf, type WriteDeps, writeUserLogs } from './write-user-logs.ts'

const read = eventReader<WriteUserLog>(logRequestEvents)

/** One batch is read while the files of two others are written. */
const CONCURRENT_BATCHES = 3

// How many logs are remembered at most, see `answered`. Beyond that, requests cost more and do the same.
const MAX_REMEMBERED = 100_000

/**
 * Consumes log requests. For each request it writes the user's whole day, so the files converge to the state of the events.
 */
export function logWriter(
  deps: WriteDeps & { park: Park; kafka: Pick<KafkaPort, 'endOffsets' | 'committedOffsets'> },
): ConsumerOptions {
  // By request: where the topic ended before the log was written from the projection. The completions of all requests before
  // this offset are in the log. So a burst of late completions writes a log once, and not once for each completion.
  const answered = new Map<string, Offsets>()
  const isAnswered = ({ event, message }: Parsed<WriteUserLog>) =>
    message.offset < (answered.get(event.id)?.get(message.partition) ?? 0n)

  const caughtUp = catchUpOf(deps.kafka)

  function remember(ids: Iterable<string>, end: Offsets): void {
    if (answered.size > MAX_REMEMBERED) answered.clear()
    for (const id of ids) answered.set(id, end)
  }

  return {
    group: writerGroup,
    topic: logRequestTopic.name,
    concurrentPartitions: CONCURRENT_BATCHES,
    async handle(messages, heartbeat) {
      const parsed = await parseOrPark(messages, read, deps.park, heartbeat)
      const left = parsed.filter(one => !isAnswered(one))
      if (left.length === 0) return
      // Only late completions come in bursts: a run sends one request for each log.
      const isLate = left.some(({ event }) => event.data.late)
      // More completions of the same users may follow, and the log is to be written once.
      if (isLate) await caughtUp(heartbeat)
      const end = isLate ? await deps.kafka.endOffsets(logRequestTopic.name) : undefined
      const failed = await writeUserLogs(onePerLog(left.map(({ event }) => event.data)), deps, heartbeat)
      if (failed.length > 0) throw failureOf(failed, left, messages.length)
      if (end !== undefined)
        remember(
          left.map(({ event }) => event.id),
          end,
        )
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
