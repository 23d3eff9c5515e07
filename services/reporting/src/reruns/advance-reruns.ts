import { concurrently } from '../concurrently.ts'
import type { Pass } from '../runs/advance-runs.ts'
import { barrierOffsets } from '../runs/barriers.ts'
import { advanceDay, type RerunDeps } from './rerun-steps.ts'

const MAX_CONCURRENT = 16

/**
 * Advances the days of reruns by one step, and ends the reruns whose days are all done. Any process can repeat a step.
 * @param owner names this process
 * @param ended gets the ids of reruns that have ended here
 */
export async function advanceReruns(
  owner: string,
  deps: RerunDeps,
  ended: (ids: string[]) => void,
): Promise<Pass> {
  const { reruns, log } = deps
  const running = await reruns.unfinished()
  const days = await reruns.inHand(running)
  const offsets = barrierOffsets(deps)
  let advanced = 0
  await concurrently(days, MAX_CONCURRENT, async day => {
    if (await advanceDay(day, offsets, owner, deps)) advanced += 1
  })
  const busy = new Set(days.map(({ rerun }) => rerun))
  for (const id of running.filter(one => !busy.has(one))) {
    if (!(await reruns.finish(id))) continue
    ended([id])
    advanced += 1
    log.info({ rerun: id }, 'a rerun is done')
  }
  return { unfinished: running.length, advanced }
}
