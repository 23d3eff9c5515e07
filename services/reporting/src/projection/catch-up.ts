import { setTimeout as sleep } from 'node:timers/promises'
import { hasPassed, type Offsets } from '@daybook/shared/kafka'

const POLL_MS = 50
const MAX_POLL_MS = 400
const LIMIT_MS = 30_000

/**
 * Waits until the projection has passed offsets of daybook.tasks, for at most 30 seconds.
 * @param projectedOffsets see `projectionPosition`
 * @returns the offsets that the projection has passed
 */
export async function catchUp(
  projectedOffsets: () => Promise<Offsets>,
  wanted: Offsets,
  heartbeat: () => Promise<void>,
): Promise<Offsets> {
  const limit = performance.now() + LIMIT_MS
  for (let pause = POLL_MS; ; pause = Math.min(2 * pause, MAX_POLL_MS)) {
    const passed = await projectedOffsets()
    if (hasPassed(passed, wanted) || performance.now() >= limit) return passed
    await heartbeat()
    await sleep(pause)
  }
}
