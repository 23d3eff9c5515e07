import { topics, traced } from '@daybook/shared/events'
import { type KafkaPort, offsetsToJson } from '@daybook/shared/kafka'
import { type LogRequest, sendLogRequests } from '../logs/log-requests.ts'
import type { UserDay } from '../projection/projector.ts'
import { runId } from '../run-id.ts'

/** The events of a partition of daybook.tasks that were published when its end was read. */
interface Published {
  end: bigint
  /** The logs that were requested since then. */
  requested: Set<string>
}

// How many logs are remembered for each partition. Beyond that, more requests are sent.
const MAX_REQUESTED = 10_000

// What asks for a log whose text was erased asks for more than other requests of the log.
const logOf = ({ day, timeZone, userId, erased }: UserDay) =>
  `${runId(day, timeZone)}/${userId}${erased ? ' erased' : ''}`

/**
 * Makes the function that sends log requests for changes of closed days. A request asks for a log with everything that is
 * published when the request is sent, so the changes of the log among these events need no other request.
 */
export function lateRequests(kafka: KafkaPort): (changes: UserDay[]) => Promise<void> {
  const published = new Map<number, Published>()

  const publishedWith = ({ at }: UserDay) => {
    const known = at && published.get(at.partition)
    return known && at.offset < known.end ? known : undefined
  }
  const isRequested = (change: UserDay) => publishedWith(change)?.requested.has(logOf(change)) ?? false

  async function readEnds(changes: UserDay[]): Promise<void> {
    const partitions = new Set(changes.flatMap(({ at }) => (at ? at.partition : [])))
    if (partitions.size === 0) return
    const ends = await kafka.endOffsets(topics.tasks.name)
    for (const partition of partitions)
      published.set(partition, { end: ends.get(partition) ?? 0n, requested: new Set() })
  }

  return async changes => {
    const left = changes.filter(change => !isRequested(change))
    await readEnds(left.filter(change => publishedWith(change) === undefined))
    const byLog = new Map(left.map(change => [logOf(change), { change, known: publishedWith(change) }]))
    if (byLog.size === 0) return
    await sendLogRequests(
      kafka,
      [...byLog.values()].map(({ change, known }) => requestOf(change, known)),
    )
    for (const [log, { change, known }] of byLog) {
      known?.requested.add(log)
      if (change.at && known && known.requested.size >= MAX_REQUESTED) published.delete(change.at.partition)
    }
  }
}

function requestOf(change: UserDay, known: Published | undefined): LogRequest {
  const { day, timeZone, userId, at, erased, traceparent } = change
  const what = { late: true, ...(erased && { again: true, erased }) }
  const request = { userId, day, timeZone, ...what, ...traced(traceparent) }
  return at && known ? { ...request, through: offsetsToJson(new Map([[at.partition, known.end]])) } : request
}
