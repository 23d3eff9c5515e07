import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import { bareIdModel } from '../adding/bare-id-model.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { removalStore } from './removal-store.ts'
import { removeEnded } from './remove-ended.ts'

const INTERVAL_MS = 60_000
// The pause after a full batch: removal is not urgent, so it leaves MongoDB free for jobs.
const PAUSE_MS = 100

/**
 * Removes ended jobs whose retention has passed: at the start, and then every minute. Any number of processes may do so at
 * once.
 * @param keepIds for how many milliseconds chosen ids are kept
 */
export function startRemoving(base: JobsBase, keepIds: number): { stop: () => Promise<void> } {
  const { connection, jobs, groups, now, log, fail } = base
  const store = removalStore(jobs, groups, bareIdModel(connection))
  return startLoop(async () => {
    try {
      const { removed, more } = await removeEnded(store, keepIds, now())
      if (removed > 0) log.info({ removed }, 'removed jobs whose retention has passed')
      return more ? PAUSE_MS : INTERVAL_MS
    } catch (error) {
      if (!isOutage(error)) throw error
      return INTERVAL_MS
    }
  }, fail)
}
