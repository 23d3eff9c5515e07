import { growingPause } from '@daybook/shared/async/growing-pause'
import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { addContinuations, type FollowDeps, finishGroup, storeLeftBatches } from './follow.ts'

// The shortest time between two sweeps.
const SWEEP_MS = 5000
// Jobs that end within this time share one search.
const GATHER_MS = 20
// How many closed groups a sweep looks at.
const SWEPT_GROUPS = 200

export interface Following {
  /** Looks at a group that may have finished. */
  touched: (group: string) => void
  stop: () => Promise<void>
}

/**
 * Adds continuations and ends groups: soon after jobs have ended in this process, and for all others in regular sweeps.
 */
export function startFollowing(
  deps: FollowDeps,
  base: Pick<JobsBase, 'signals' | 'log' | 'fail'>,
): Following {
  const groups = new Set<string>()
  // Whether a job with a continuation has ended since the last search.
  let continues = false
  let [sweptAt, sweptGroup] = [Number.NEGATIVE_INFINITY, '']
  let timer: NodeJS.Timeout | undefined
  const pause = growingPause(SWEEP_MS)

  /** Looks at a page of the closed groups; the next sweep continues after it. */
  async function sweep(): Promise<void> {
    await storeLeftBatches(deps, new Date(deps.now().getTime() - SWEEP_MS))
    const page = await deps.store.closed(sweptGroup, SWEPT_GROUPS)
    for (const group of page) groups.add(group)
    pause.looked(page.length > 0)
    sweptGroup = page.length < SWEPT_GROUPS ? '' : (page.at(-1) ?? '')
    sweptAt = performance.now()
  }

  async function turn(): Promise<void> {
    const isSweep = performance.now() >= sweptAt + pause.ms()
    if (isSweep) await sweep()
    let search = isSweep || continues
    continues = false
    for (const group of groups) {
      // Before the look: a job of the group may end during it.
      groups.delete(group)
      search = (await finishGroup(deps, group)) || search
    }
    if (search) await addContinuations(deps)
  }

  const loop = startLoop(async () => {
    try {
      await turn()
    } catch (error) {
      if (!isOutage(error)) throw error
      base.log.warn({ err: error }, 'continuations and ends of groups wait')
      return SWEEP_MS
    }
    return Math.max(0, sweptAt + pause.ms() - performance.now())
  }, base.fail)

  const wakeSoon = () => {
    pause.shorten()
    timer ??= setTimeout(() => {
      timer = undefined
      loop.wake()
    }, GATHER_MS)
  }
  base.signals.on('finished', jobs => {
    for (const { group, then } of jobs) {
      if (group !== undefined) groups.add(group)
      if (then !== undefined) continues = true
    }
    if (groups.size > 0 || continues) wakeSoon()
  })
  return {
    touched(group) {
      groups.add(group)
      wakeSoon()
    },
    async stop() {
      clearTimeout(timer)
      await loop.stop()
    },
  }
}
