import { readyJobs } from '../dispatch/ready-store.ts'
import type { Kinds } from '../kinds/kind-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { jobCounts, type Oldest } from './count-store.ts'

/** A lane with jobs that may be sent: the one that has been due for longest, and the kinds of all of them. */
export interface WaitingLane extends Oldest {
  kinds: readonly string[]
}

/** Those of some kinds that are not paused. */
export async function openAmong(
  kinds: Pick<Kinds, 'getMany'>,
  names: readonly string[],
): Promise<(name: string) => boolean> {
  const rules = await kinds.getMany(names)
  return name => rules.get(name)?.paused === false
}

/** The lanes with jobs that may be sent. Jobs of a paused kind do not count: they wait because somebody wanted it. */
export async function waitingLanes(
  base: Pick<JobsBase, 'jobs'>,
  kinds: Pick<Kinds, 'getMany'>,
): Promise<WaitingLane[]> {
  const found = await readyJobs(base).lanes()
  const isOpen = await openAmong(kinds, [...found.values()].flat())
  const open = new Map(
    [...found].flatMap(([lane, names]) => {
      const left = names.filter(isOpen)
      return left.length > 0 ? [[lane, left] as const] : []
    }),
  )
  const oldest = await jobCounts(base).oldest(open)
  return oldest.map(one => ({ ...one, kinds: open.get(one.lane) ?? [] }))
}
