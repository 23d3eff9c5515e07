import type { Loop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { Kinds } from '../kinds/kind-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { startUnlessQuiet } from '../stored/quiet.ts'
import { creditOf } from './choice/credit.ts'
import type { DispatcherLease } from './dispatcher-lease-store.ts'
import type { Lanes } from './lanes.ts'
import type { ReadyJobs } from './ready-store.ts'
import type { Due, PublishDue } from './sending/publish-due.ts'
import type { Dispatch, SendStore } from './sending/send-store.ts'
import type { DispatchWorkers } from './worker-store.ts'

export interface HousekeepingDeps {
  base: JobsBase
  kinds: Pick<Kinds, 'getMany'>
  lease: Pick<DispatcherLease, 'isHeld'>
  lanes: Lanes
  ready: ReadyJobs
  workers: DispatchWorkers
  sends: SendStore
  publish: PublishDue
  signal: AbortSignal
}

const MAX_DISPATCHES = 100
const MAX_MOVED = 1000

/**
 * Does regularly, in the process that dispatches: publishes what a dispatcher recorded as sent before it died; creates the
 * topics of lanes; moves ready jobs to the lane of their kind after it was changed.
 * @param every milliseconds; a dispatch that is older was left
 */
export function startHousekeeping(deps: HousekeepingDeps, every: number): Loop {
  const { base, lease, signal } = deps
  return startUnlessQuiet(base, async () => {
    if (!lease.isHeld()) return every
    const keep = async () => {
      const isMore = [await publishLeft(deps, every), await tidyLanes(deps)]
      return isMore.includes(true) ? 0 : every
    }
    return waitOut('looking for attempts to publish again', keep, { log: base.log, signal })
  })
}

/** @returns whether there may be more */
async function publishLeft(deps: HousekeepingDeps, age: number): Promise<boolean> {
  const left = await deps.sends.left(new Date(deps.base.now().getTime() - age), MAX_DISPATCHES)
  if (left.length === 0) return false
  for (const dispatch of left) await publishAgain(deps, dispatch)
  await deps.sends.end(left.map(({ _id }) => _id))
  return left.length === MAX_DISPATCHES
}

async function publishAgain(deps: HousekeepingDeps, dispatch: Dispatch): Promise<void> {
  const { base, workers, lanes, sends, publish } = deps
  const brokerNow = base.brokerClock.now()
  if (brokerNow === undefined) return
  // The others become ready again.
  const jobs = (await sends.sentIn(dispatch)).filter(({ startBy }) => (startBy?.getTime() ?? 0) > brokerNow)
  if (jobs.length === 0) return
  const kinds = await deps.kinds.getMany(jobs.map(({ kind }) => kind))
  await lanes.open(new Set(jobs.map(({ lane }) => lane)))
  const alive = await workers.alive(brokerNow)
  const due: Due[] = jobs.map(job => ({ job, attempt: job, worker: job.worker as string }))
  await publish(
    due,
    creditOf(alive, new Map(), () => 0),
    kinds,
  )
}

/** @returns whether there may be more */
async function tidyLanes({ ready, kinds, lanes }: HousekeepingDeps): Promise<boolean> {
  const found = await ready.lanes()
  const rules = await kinds.getMany([...found.values()].flat())
  await lanes.open([...found.keys(), ...[...rules.values()].map(({ lane }) => lane)])
  let isMore = false
  for (const [lane, names] of found)
    for (const kind of names) {
      const target = rules.get(kind)?.lane ?? lane
      if (target !== lane)
        isMore = (await ready.move({ lane, kind }, target, MAX_MOVED)) === MAX_MOVED || isMore
    }
  return isMore
}
