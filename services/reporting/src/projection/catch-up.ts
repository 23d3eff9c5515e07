import { setTimeout as sleep } from 'node:timers/promises'
import { topics } from '@daybook/shared/events'
import { hasPassed, type KafkaPort, type Offsets } from '@daybook/shared/kafka'
import { projectionGroup } from '../groups.ts'

const POLL_MS = 50
const LIMIT_MS = 30_000

/** Waits until the projection has caught up, or has been behind for 30 seconds. */
export type CatchUp = (heartbeat: () => Promise<void>) => Promise<void>

/**
 * Makes a function that waits until the projection has passed the events that were published when it was found behind. All
 * calls share the limit: after 30 seconds none of them waits until the projection has caught up.
 */
export function catchUpOf(kafka: Pick<KafkaPort, 'endOffsets' | 'committedOffsets'>): CatchUp {
  let behind: { since: number; end: Offsets } | undefined
  return async heartbeat => {
    const known = behind ?? { since: performance.now(), end: await kafka.endOffsets(topics.tasks.name) }
    behind = known
    while (!hasPassed(await kafka.committedOffsets(projectionGroup, topics.tasks.name), known.end)) {
      if (performance.now() - known.since >= LIMIT_MS) return
      await heartbeat()
      await sleep(POLL_MS)
    }
    if (behind === known) behind = undefined
  }
}
