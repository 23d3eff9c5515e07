import type { Loop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import type { InsertNew } from '../adding/add-new.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { startUnlessQuiet } from '../stored/quiet.ts'
import { allHaveMore, type Credit, creditOf, makeEndedWindow } from './choice/credit.ts'
import { makeKnownCredits } from './choice/known-credits.ts'
import { searchedRarely } from './choice/suspects.ts'
import { makeTurn, type Turn, type TurnDeps } from './dispatch-turn.ts'
import type { DispatcherLease } from './dispatcher-lease-store.ts'
import { makeInsertNew } from './insert-new.ts'
import type { Lanes } from './lanes.ts'
import { makePublications, noting } from './publications.ts'
import type { PublishDue } from './sending/publish-due.ts'
import type { SendStore } from './sending/send-store.ts'
import type { DispatchWorkers } from './worker-store.ts'

// Within how many milliseconds of being sent an attempt must start.
const START_WITHIN_MS = 15_000
// Pauses in milliseconds. Signals of this process end them. The work of other processes is found after them: a short time
// while there is some, because the next job is likely to come soon.
const IDLE_MS = 250
const BUSY_MS = 50
// This pause is not ended: while no slot is free, credit is gathered, so that a turn sends hundreds of jobs and not ten.
const GATHER_MS = 100
const ACTIVE_MS = 20
const ACTIVE_FOR_MS = 2000
// The most suspects that are looked at in a turn.
const MAX_SUSPECTS = 100

export interface DispatcherDeps extends TurnDeps {
  base: JobsBase
  lease: DispatcherLease
  workers: DispatchWorkers
  lanes: Lanes
  sends: SendStore
  publish: PublishDue
  signal: AbortSignal
}

/**
 * Starts the loop that sends ready jobs to workers that read Kafka. In a stack one process at a time does so.
 * @param sentAheadMs a worker may have as many attempts more than slots as it has ended within so many milliseconds
 */
export function startDispatcher(
  deps: DispatcherDeps,
  { sentAheadMs }: { sentAheadMs: number },
): Loop & { insertNew: InsertNew } {
  const { base, lease, workers, ready, lanes, sends, signal } = deps
  const ended = makeEndedWindow(sentAheadMs)
  // Attempts are published while the next turn reads.
  const publications = makePublications(deps)
  const takeTurn = makeTurn({ ...deps, sends: { send: noting(sends, publications) } })
  const known = makeKnownCredits(readCredits)
  const suspects = searchedRarely(() => ready.suspects(MAX_SUSPECTS))
  const gatherMs = Math.min(GATHER_MS, sentAheadMs / 4)
  let [activeUntil, notBefore] = [0, 0]
  // Whether no job waited at the last turn, and whether the next turn reads the credits again.
  let [isIdle, again] = [false, false]
  // Whether a turn has looked at the credits and has not stored what it sends.
  let isChoosing = false

  async function readCredits(brokerNow: number): Promise<Credit[]> {
    const [alive, inHand] = await Promise.all([workers.alive(brokerNow), workers.inHand()])
    const readers = alive.filter(({ via }) => via === 'kafka')
    await lanes.open(new Set(readers.flatMap(worker => worker.lanes.map(({ lane }) => lane))))
    ended.note(readers, performance.now())
    const known = readers.map(worker => ({
      ...worker,
      lanes: worker.lanes.map(({ lane, partitions }) => ({
        lane,
        partitions: lanes.existing(lane, partitions),
      })),
    }))
    return creditOf(known, inHand, ended.endedLately)
  }

  async function turn(): Promise<number> {
    const early = notBefore - performance.now()
    if (early > 0) return early
    if (!(await lease.hold())) return IDLE_MS
    const brokerNow = base.brokerClock.now()
    // Until the broker has told its time, nobody can say until when an attempt must start.
    if (brokerNow === undefined) return BUSY_MS
    const { done, credits, isFresh, left } = await send(brokerNow)
    again = done.due.length === 0
    if (done.due.length > 0) {
      activeUntil = performance.now() + ACTIVE_FOR_MS
      if (allHaveMore(left)) notBefore = performance.now() + gatherMs
      // What a turn sends is published after what was sent before.
      await publications.settled()
      publications.publish(done, credits)
      return pauseAfter(done)
    }
    await sends.end(publications.takePublished())
    // A worker may have come since the credits were read.
    return isFresh ? pauseAfter(done) : Math.min(BUSY_MS, pauseAfter(done))
  }

  async function send(brokerNow: number) {
    isChoosing = true
    // Until this turn finds waiting jobs, or one is inserted, which this turn may not see.
    isIdle = true
    try {
      const [{ credits, isFresh }, waiting] = await Promise.all([known.get(brokerNow, again), suspects()])
      // Only exact credits say that no slot is free, so that jobs may be sent ahead to busy workers.
      const offered = isFresh ? credits : credits.map(one => ({ ...one, total: one.free }))
      const done = await takeTurn({
        credits: offered,
        suspects: waiting,
        brokerNow,
        startWithin: START_WITHIN_MS,
      })
      if (done.left !== 'none') isIdle = false
      return { done, credits, isFresh, left: known.sent(done.due) }
    } finally {
      isChoosing = false
    }
  }

  function pauseAfter({ left }: Turn): number {
    if (left === 'more') return 0
    if (left === 'some') return BUSY_MS
    return performance.now() < activeUntil ? ACTIVE_MS : IDLE_MS
  }

  const insertNew = makeInsertNew({
    ...deps,
    startWithin: START_WITHIN_MS,
    credits: () => (isIdle && !isChoosing && lease.isHeld() && !signal.aborted ? known.now().credits : []),
    reserve: known.reserve,
    left() {
      isIdle = false
    },
    publish(sent, credits) {
      publications.publish(sent, credits)
      activeUntil = performance.now() + ACTIVE_FOR_MS
      // The next jobs are to find credits that are known.
      again = known.now().isAgeing
      if (again) loop.wake()
    },
  })

  const loop = startUnlessQuiet(base, () => waitOut('dispatching jobs', turn, { log: base.log, signal }))
  base.signals.on('work', loop.wake)
  return {
    insertNew,
    wake: loop.wake,
    async stop() {
      await loop.stop()
      await Promise.allSettled([publications.settled().then(() => sends.end(publications.takePublished()))])
    },
  }
}
