import type { KafkaPort } from '@daybook/shared/kafka'
import type { InsertNew } from '../adding/add-new.ts'
import type { Kinds } from '../kinds/kind-store.ts'
import type { Retention } from '../stored/finish-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type Claim, makeClaim } from './claim.ts'
import { startDispatcher } from './dispatcher.ts'
import { dispatcherLease } from './dispatcher-lease-store.ts'
import { startExpiry } from './expiry/expire-jobs.ts'
import { expiryStore } from './expiry/expiry-store.ts'
import { startHousekeeping } from './housekeeping.ts'
import { type LaneState, laneStates } from './lane-states.ts'
import { openLanes } from './lanes.ts'
import { startPromoting } from './promote-due.ts'
import { readyJobs } from './ready-store.ts'
import type { SendDeps } from './send-within.ts'
import { publishDue } from './sending/publish-due.ts'
import { openSendStore } from './sending/send-store.ts'
import { dispatchWorkers } from './worker-store.ts'

/** Sends jobs to workers. */
export interface Dispatching {
  claim: Claim
  /** Inserts new jobs, and sends them at once while this process dispatches and none waits. */
  insertNew: InsertNew
  /** For metrics: what the workers of each lane can take. */
  lanes: () => Promise<LaneState[]>
  stop: () => Promise<void>
}

export interface DispatchOptions {
  kafka: Pick<KafkaPort, 'publish' | 'createTopics' | 'countPartitions'>
  kinds: Pick<Kinds, 'getMany'>
  admission: SendDeps['admission']
  retention: Retention
  /** How many partitions the topic of a new lane gets. */
  lanePartitions: number
  /** See `startDispatcher`. */
  sentAheadMs: number
  /** How long a worker is alive after its last beat, in milliseconds. */
  leaseMs: number
  /** The age in milliseconds at which what a dispatcher has left is published again. */
  leftAfterMs?: number
}

/** Starts to send ready jobs to workers, and to end jobs that expire. */
export async function openDispatch(base: JobsBase, options: DispatchOptions): Promise<Dispatching> {
  const {
    kafka,
    kinds,
    admission,
    retention,
    lanePartitions,
    sentAheadMs,
    leaseMs,
    leftAfterMs = 5000,
  } = options
  const stopping = new AbortController()
  const signal = stopping.signal
  const [ready, workers, sends] = [readyJobs(base), dispatchWorkers(base, leaseMs), await openSendStore(base)]
  const [lease, lanes] = [dispatcherLease(base), openLanes(kafka, lanePartitions)]
  const publish = publishDue(base, kafka, signal)
  const deps = { base, kinds, admission, ready, workers, sends, lease, lanes, publish, signal }
  const alive = async () => {
    const brokerNow = base.brokerClock.now()
    return brokerNow === undefined ? undefined : workers.alive(brokerNow)
  }
  const servedLanes = async () => {
    const found = await alive()
    return found && new Set(found.flatMap(worker => worker.lanes.map(({ lane }) => lane)))
  }
  const expiry = {
    base,
    kinds,
    store: expiryStore(base),
    retention,
    isOurs: lease.isHeld,
    servedLanes,
    signal,
  }
  const dispatcher = startDispatcher(deps, { sentAheadMs })
  const loops = [dispatcher, startPromoting(deps), startHousekeeping(deps, leftAfterMs), startExpiry(expiry)]
  return {
    claim: makeClaim(deps),
    insertNew: dispatcher.insertNew,
    lanes: async () => laneStates((await alive()) ?? [], await workers.inHand()),
    async stop() {
      stopping.abort()
      await Promise.all(loops.map(loop => loop.stop()))
      await lease.release()
    },
  }
}
