import type { KafkaPort } from '@daybook/shared/kafka'
import { type LogRequest, sendLogRequests } from './log-requests.ts'

/**
 * Requests that are not handled after this many milliseconds are sent again, because Kafka deletes requests after the
 * retention of their topic. A day is much less than that retention.
 */
export const SEND_AGAIN_AFTER_MS = 86_400_000

const REQUESTS_PER_SEND = 1000

/**
 * Sends a log request for each user of a day. The users of a day include those whose completions were all taken back, because
 * the run of another time zone may have written these completions.
 * @param request what all requests ask for
 * @returns how many requests were sent, or undefined when the lease was lost in between
 */
export async function sendPerUser(
  users: AsyncIterable<string> | Iterable<string>,
  request: Omit<LogRequest, 'userId'>,
  { lost, kafka }: { lost: AbortSignal; kafka: KafkaPort },
): Promise<number | undefined> {
  let sent = 0
  let requests: LogRequest[] = []
  for await (const userId of users) {
    if (lost.aborted) return undefined
    requests.push({ userId, ...request })
    sent += 1
    if (requests.length < REQUESTS_PER_SEND) continue
    await sendLogRequests(kafka, requests)
    requests = []
  }
  if (requests.length > 0) await sendLogRequests(kafka, requests)
  return sent
}
