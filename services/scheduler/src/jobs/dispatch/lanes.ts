import { laneTopic } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'

/** The topics of lanes. */
export interface Lanes {
  /** Creates the missing topics of lanes, and learns how many partitions they have. */
  open: (lanes: Iterable<string>) => Promise<void>
  /** Returns those of the partitions that exist. A worker may announce others: it may be faulty or read another stack. */
  existing: (lane: string, partitions: readonly number[]) => number[]
}

// Partitions that are added to a topic are used after this time.
const COUNT_AGAIN_MS = 60_000

/** @param partitions how many partitions the topic of a new lane gets */
export function openLanes(
  kafka: Pick<KafkaPort, 'createTopics' | 'countPartitions'>,
  partitions: number,
): Lanes {
  const counts = new Map<string, { partitions: number; until: number }>()

  async function count(lane: string): Promise<void> {
    const found = await kafka.countPartitions(laneTopic(lane, partitions).name)
    counts.set(lane, { partitions: found, until: performance.now() + COUNT_AGAIN_MS })
  }

  return {
    async open(lanes) {
      const unknown = [...new Set(lanes)].filter(lane => (counts.get(lane)?.until ?? 0) < performance.now())
      if (unknown.length === 0) return
      await kafka.createTopics(unknown.map(lane => laneTopic(lane, partitions)))
      await Promise.all(unknown.map(count))
    },
    existing: (lane, owned) => owned.filter(partition => partition < (counts.get(lane)?.partitions ?? 0)),
  }
}
