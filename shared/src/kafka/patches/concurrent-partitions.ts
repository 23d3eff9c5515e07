import { createRequire } from 'node:module'
import {
  type ConsumerGroup,
  freePartition,
  keyOf,
  type Place,
  patchGroup,
  workOf,
} from './busy-partitions.ts'
import { type Brokers, endFetches, whileBeating } from './idle-fetches.ts'

interface Runner {
  running: boolean
  consumerGroup: ConsumerGroup & Brokers
  fetchManager: {
    start(): Promise<void>
    getFetchers(): { getWorkerQueue(): { getWorkers(): unknown[] } }[]
  }
  start(): Promise<void>
  stop(): Promise<void>
  fetch(nodeId: string): Promise<unknown[]>
  handleBatch(batch: Place): Promise<void>
  heartbeat(): Promise<void>
  /** Returns undefined when the consumer commits nothing. */
  autoCommitOffsets(): Promise<void> | undefined
}

const concurrencyOf = ({ fetchManager }: Runner) =>
  fetchManager.getFetchers()[0]?.getWorkerQueue().getWorkers().length ?? 1

/** Makes the fetching end with an error, and join the group again if the error says so. */
function fail(runner: Runner, error: Error): void {
  workOf(runner.consumerGroup).failure ??= error
  endFetches(runner.consumerGroup)
}

/** Milliseconds to wait for a batch before other partitions are fetched without its partition. */
const SLOW_MS = 100

/** Whether a consumer may wait for records: it does not stop, and does not have to join its group again. */
const mayWait = ({ running, consumerGroup }: Runner) => running && workOf(consumerGroup).failure === undefined

const isRebalance = (error: Error | undefined) =>
  ['REBALANCE_IN_PROGRESS', 'UNKNOWN_MEMBER_ID'].includes(String((error as { type?: string })?.type))

/**
 * Lets a consumer with `partitionsConsumedConcurrently` fetch again while some of its partitions are slow. kafkajs 2.2.4
 * fetches only after all batches of a broker's last answer are handled, so that one slow partition stops the others.
 * A consumer commits while it fetches: kafkajs would wait for the commit of each batch first.
 * A consumer fetches for seconds while nothing arrives, sends heartbeats meanwhile, and stops or joins its group again without
 * waiting for the end of the fetch.
 * Also, a consumer joins its group only when no handler runs: kafkajs would join after a change of a partition's leader
 * while a handler for a partition of another broker runs, and another member could get this partition.
 */
export function concurrentPartitions(): void {
  const require = createRequire(import.meta.url)
  patchRunner((require('kafkajs/src/consumer/runner') as { prototype: Runner }).prototype)
  patchGroup((require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup }).prototype)
}

function patchRunner(runner: Runner): void {
  const { start, stop, fetch, handleBatch, heartbeat, autoCommitOffsets } = runner
  runner.start = function (this: Runner) {
    watch(this)
    return start.call(this)
  }
  runner.stop = function (this: Runner) {
    const stopped = stop.call(this)
    endFetches(this.consumerGroup)
    return stopped
  }
  runner.fetch = async function (this: Runner, nodeId) {
    await freePartition(this.consumerGroup)
    const { failure } = workOf(this.consumerGroup)
    if (failure !== undefined) throw failure
    const beating = { heartbeat: () => this.heartbeat(), fail: (error: Error) => fail(this, error) }
    try {
      return await whileBeating(beating, () => fetch.call(this, nodeId))
    } catch (error) {
      if (!mayWait(this)) return []
      throw error
    }
  }
  runner.handleBatch = function (this: Runner, batch) {
    return begin(this, batch, () => handleBatch.call(this, batch))
  }
  runner.heartbeat = async function (this: Runner) {
    // Ends the handlers of the other partitions too, so that the consumer can join again.
    const { failure } = workOf(this.consumerGroup)
    if (isRebalance(failure)) throw failure
    return heartbeat.call(this)
  }
  runner.autoCommitOffsets = async function (this: Runner) {
    const work = workOf(this.consumerGroup)
    // Commits end in the order of their calls.
    work.committed = Promise.resolve(autoCommitOffsets.call(this)).catch((error: Error) => fail(this, error))
  }
}

/** Makes the runner's fetching end only when all handlers have ended and their offsets are committed. */
function watch(runner: Runner): void {
  const { consumerGroup, fetchManager } = runner
  const work = workOf(consumerGroup)
  const { start } = fetchManager
  fetchManager.start = async () => {
    // Commits what a commit that failed left. Otherwise a barrier would wait for the next message.
    await runner.autoCommitOffsets()
    await start().catch((error: Error) => {
      work.failure ??= error
    })
    await Promise.all(work.busy.values())
    await work.committed
    const { failure } = work
    work.failure = undefined
    if (failure !== undefined) throw failure
  }
  // A broker answers a fetch without records after this time. A partition that is ready again waits for that answer.
  const idle = consumerGroup.maxWaitTime
  const wait = () => {
    if (!mayWait(runner)) return 0
    return work.busy.size > 0 && concurrencyOf(runner) > 1 ? Math.min(SLOW_MS, idle) : idle
  }
  Object.defineProperty(consumerGroup, 'maxWaitTime', { get: wait })
}

/** Handles a batch. Resolves when it is handled, or, if the consumer may handle several partitions, when it is slow. */
async function begin(runner: Runner, batch: Place, handle: () => Promise<void>): Promise<void> {
  const work = workOf(runner.consumerGroup)
  const concurrency = concurrencyOf(runner)
  while (work.busy.size >= concurrency) await Promise.race(work.busy.values())
  // A batch that is left out is fetched again.
  if (work.failure !== undefined || work.busy.has(keyOf(batch))) return
  const done = handle()
    .catch((error: Error) => fail(runner, error))
    .finally(() => work.busy.delete(keyOf(batch)))
  work.busy.set(keyOf(batch), done)
  if (concurrency === 1) return done
  const slow = Promise.withResolvers<void>()
  const timer = setTimeout(slow.resolve, SLOW_MS)
  await Promise.race([done, slow.promise])
  clearTimeout(timer)
}
