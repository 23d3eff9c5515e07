import type { Logger } from 'pino'
import { startLoop } from '../../async/loop.ts'
import { DaybookError } from '../../failures/errors.ts'
import { isOutage } from '../../failures/outage.ts'

/** How far a consumer group is in a partition. */
export interface Lag {
  partition: number
  /** The offset of the next record that the group handles. */
  position: bigint
  /** The offset after the last record. */
  end: bigint
  /** For at least how many milliseconds the next record has been there; 0 when there is none. Absent when that is not measured. */
  behindMs?: number
}

// How often within the time that a partition may stand still its progress is measured.
const MEASUREMENTS = 10
// Operators see the last measurement, and its age is how exactly they know for how long a group is behind.
const LONGEST_PAUSE_MS = 15_000

interface Options {
  group: string
  topic: string
  /** For how many milliseconds a partition with records to handle may stand still. */
  stallMs: number
  /** Measures the partitions of this consumer. */
  measure: () => Promise<Lag[]>
  /** Whether the consumer waits for something that is known: an outage, a right, or the next turn at a rate. */
  isWaiting: () => boolean
  /** Says what the consumer did last, for the message. */
  lastSigns: () => string
  /** Called with DAYBOOK_KAFKA_CONSUMER_STALLED. Must end the process: only a new consumer helps. */
  fail: (error: Error) => void
  log: Logger
}

interface Mark {
  position: bigint
  /** When the partition was first seen there with records to handle, by the monotonic clock. */
  since: number
}

/**
 * Watches that a consumer makes progress. A consumer can send heartbeats and yet handle nothing, for example when its fetches or
 * a handler hang in one partition; nothing else notices that.
 * @returns stops watching. It resolves after the present measurement, which may wait for the end of an outage.
 */
export function watchProgress(options: Options): () => Promise<void> {
  const { stallMs, measure, isWaiting, fail, log } = options
  let marks = new Map<number, Mark>()

  async function check(): Promise<number> {
    try {
      const lags = await measure()
      const now = performance.now()
      if (isWaiting()) marks.clear()
      marks = new Map(
        lags
          .filter(({ position, end }) => position < end)
          .map(({ partition, position }) => {
            const mark = marks.get(partition)
            return [partition, mark?.position === position ? mark : { position, since: now }]
          }),
      )
      const stalled = lags.find(({ partition }) => now - (marks.get(partition)?.since ?? now) >= stallMs)
      if (stalled !== undefined) fail(stallOf(stalled, options))
    } catch (error) {
      if (!isOutage(error)) throw error
      log.debug({ err: error }, 'the progress of a consumer is not known')
      // An outage is no standstill of the consumer.
      marks.clear()
    }
    return Math.min(stallMs / MEASUREMENTS, LONGEST_PAUSE_MS)
  }

  return startLoop(check, fail).stop
}

function stallOf(
  { partition, position, end }: Lag,
  { group, topic, stallMs, lastSigns }: Options,
): DaybookError {
  const seconds = stallMs / 1000
  return new DaybookError(
    'DAYBOOK_KAFKA_CONSUMER_STALLED',
    `The consumer ${group} has been at offset ${position} of ${topic}/${partition} for ${seconds} s, although ${end - position} records follow. ${lastSigns()}`,
  )
}
