import type { Parsed } from '@daybook/shared/dead-letters/parse-or-park'
import { hasPassed, type KafkaPort, type Offsets, offsetsFromJson } from '@daybook/shared/kafka'
import { catchUp } from '../projection/catch-up.ts'
import { type LogRequest, requestIn, sendLogRequests, type WriteUserLog } from './log-requests.ts'
import { idOf, type LeftRequest, type WriteDeps, type Writing, writeUserLogs } from './write-user-logs.ts'

export interface LateDeps extends WriteDeps {
  kafka: KafkaPort
}

/** What was known when a log was written. */
interface Answer {
  /** Where the topic of requests ended. */
  end: Offsets
  /** What the projection had passed. */
  passed: Offsets
}

// How many logs are remembered at most. Beyond that, requests cost more and do the same.
const MAX_REMEMBERED = 100_000

/** Writes the logs of late requests. */
export interface LateLogs {
  /** Whether a request was sent before its log was written, with all that it asks for. */
  isAnswered: (request: Parsed<WriteUserLog>) => boolean
  /**
   * Waits until the projection has what the requests ask for, and writes the logs. After 30 seconds it writes what there is,
   * and sends the requests again: at the end of the topic they do not hold up others.
   * @returns the requests whose logs are not written
   */
  write: (requests: Parsed<WriteUserLog>[], writing: Writing) => Promise<LeftRequest[]>
}

/** @param topic the topic of these requests */
export function lateLogs(deps: LateDeps, topic: string): LateLogs {
  // By request. What is answered is only in memory: after a crash a log is written once more.
  const answered = new Map<string, Answer>()

  function remember(parsed: Parsed<WriteUserLog>[], answer: Answer): void {
    if (answered.size > MAX_REMEMBERED) answered.clear()
    for (const { event } of parsed) answered.set(event.id, answer)
  }

  return {
    isAnswered({ event, message }) {
      // A late request leaves task files as they are.
      if (event.data.again === true) return false
      const answer = answered.get(event.id)
      if (answer === undefined || message.offset >= (answer.end.get(message.partition) ?? 0n)) return false
      return hasPassed(answer.passed, throughOf(event.data))
    },
    async write(parsed, writing) {
      const requests = parsed.map(({ event }) => requestIn(event))
      const passed = await catchUp(deps.projectedOffsets, latest(requests.map(throughOf)), writing.heartbeat)
      const end = await deps.kafka.endOffsets(topic)
      const left = await writeUserLogs(requests, deps, writing)
      const early = requests.filter(request => !hasPassed(passed, throughOf(request)))
      if (early.length > 0) await sendLogRequests(deps.kafka, early)
      const unwritten = new Set(left.map(({ request }) => idOf(request)))
      const written = parsed.filter(({ event }) => !unwritten.has(idOf(event.data)))
      remember(written, { end, passed })
      return left
    },
  }
}

const throughOf = ({ through = {} }: LogRequest): Offsets => offsetsFromJson(through)

/** The greatest offset of each partition. */
function latest(all: Offsets[]): Offsets {
  const greatest: Offsets = new Map()
  for (const offsets of all)
    for (const [partition, offset] of offsets)
      if (offset > (greatest.get(partition) ?? 0n)) greatest.set(partition, offset)
  return greatest
}
