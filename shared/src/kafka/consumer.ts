import type { EachBatchPayload, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import type { Blocks } from '../failures/blocks.ts'
import { DaybookError } from '../failures/errors.ts'
import { waitOut } from '../failures/outage.ts'
import { METADATA_MAX_AGE } from './client.ts'
import { followAssignments } from './delivery/assignments.ts'
import type { ConsumerOptions } from './delivery/consumer-options.ts'
import { countMembers } from './delivery/count-members.ts'
import { deliverFetched } from './delivery/deliver-fetched.ts'
import { asInterruption, Interrupted } from './delivery/interrupted.ts'
import { passFiltered } from './delivery/pass-filtered.ts'
import type { Authorization } from './failures/authorization.ts'
import type { Offsets } from './offsets.ts'
import { SLEEP_MS } from './patches/idle-fetches.ts'
import { type Measured, openMeasuring } from './progress/measuring.ts'
import { watchMembership } from './progress/membership.ts'
import { type Lag, watchProgress } from './progress/watch-progress.ts'
import type { Fetched } from './records/fetched-record.ts'
import { runAgain } from './run-again.ts'

/** A running consumer. */
export interface RunningConsumer {
  group: string
  topic: string
  /** Returns why the consumer does not consume now; undefined while it consumes. */
  trouble: () => string | undefined
  /** Asks Kafka how far the group is in the partitions of this consumer. */
  measure: () => Promise<Lag[]>
  /** How far Kafka said last that the whole group is, and when. Undefined before its first answer. */
  measured: () => Measured | undefined
  /**
   * Stops the consumer. Resolves after the current batch is handled and committed, or interrupted at a heartbeat or during
   * an outage.
   */
  stop: () => Promise<void>
}

interface Context {
  client: Kafka
  service: string
  prefix: string
  log: Logger
  /** The list of blocked parts. The consumer is listed under its group while it needs an operator. */
  blocks: Blocks
  authorization: Authorization
  /** Called when kafkajs gave up and will not start again. The process must end: it would look healthy and consume nothing. */
  onCrash: (error: Error) => void
  /** Where a consumer that commits nothing begins. Undefined if the consumer commits its position. */
  start: Offsets | undefined
  /** Asks Kafka how far the group is in all partitions of the topic. */
  lags: () => Promise<Lag[]>
  /** For how many milliseconds a partition may stand still, see `watchProgress`. Undefined: not watched. */
  stallMs: number | undefined
}

/**
 * Consumes a topic in batches, at least once: a batch's offsets are committed after the batch is handled.
 * An idle consumer sends a fetch every 20 seconds, and a heartbeat six times as often. The partitions of a dead member go to another member after ten seconds.
 */
export async function runConsumer(options: ConsumerOptions, context: Context): Promise<RunningConsumer> {
  const { client, service, prefix, blocks, authorization, onCrash } = context
  const log = context.log.child({ group: options.group })
  const members = countMembers()
  const consumer = client.consumer({
    groupId: prefix + options.group,
    partitionAssigners: [members.assigner],
    sessionTimeout: 10_000,
    heartbeatInterval: 2000,
    maxWaitTimeInMs: SLEEP_MS,
    metadataMaxAge: METADATA_MAX_AGE,
    allowAutoTopicCreation: false,
  })
  const stopping = new AbortController()
  let waitsFor: Error | undefined
  const onWait = (reason: Error | undefined) => {
    waitsFor = reason
    blocks.set(options.group, reason instanceof DaybookError ? reason : undefined)
  }

  const operation = { what: 'consume', group: prefix + options.group, topic: prefix + options.topic }
  const { fromBeginning = true, concurrentPartitions = 1 } = options
  let assigned: readonly number[] = []
  const moveTo = followAssignments(consumer, {
    topic: operation.topic,
    onAssigned(partitions, isAlone) {
      assigned = partitions
      options.onAssigned?.(partitions, isAlone)
    },
    members: members.count,
    start: context.start,
  })

  const noteGiven = passFiltered(consumer, options.onPassed)
  const eachBatch = async (payload: EachBatchPayload) => {
    const { batch, isRunning, isStale } = payload
    noteGiven(batch.partition)
    if (!isRunning() || isStale()) return
    const heartbeat = asInterruption(payload.heartbeat, stopping.signal)
    const delivery = { ...options, heartbeat, onWait, signal: stopping.signal, log }
    const resolveOffset = (offset: string) => {
      payload.resolveOffset(offset)
      moveTo(batch.partition, BigInt(offset) + 1n)
    }
    const place = { service, prefix, topic: options.topic, partition: batch.partition }
    const [last, end] = [BigInt(batch.lastOffset()), BigInt(batch.highWatermark)]
    const fetched = batch.messages as unknown as Fetched[]
    try {
      await deliverFetched(fetched, { delivery, place, last, end, resolveOffset })
    } catch (error) {
      onWait(undefined)
      if (!(error instanceof Interrupted)) throw error
      // After a change of the group, kafkajs must get the error of its heartbeat: it then joins the group again. A stop
      // needs no error.
      if (!stopping.signal.aborted) throw error.cause
    }
  }

  const { signal } = stopping
  const { group } = options
  const subscribe = () =>
    authorization.during(group, operation, async () => {
      await consumer.connect()
      await consumer.subscribe({ topic: operation.topic, fromBeginning })
    })
  await waitOut('subscribing', subscribe, { log, signal })
  // kafkajs does not pass batches without data records to eachBatch. Without a threshold it would not commit their offsets
  // before the next data record arrives.
  const run = () =>
    consumer.run({
      eachBatchAutoResolve: false,
      autoCommit: context.start === undefined,
      autoCommitThreshold: 1,
      partitionsConsumedConcurrently: concurrentPartitions,
      eachBatch,
    })
  const again = runAgain(consumer, { group, operation, authorization, run, onWait, onCrash, signal })
  const membership = watchMembership(consumer, group, again)
  await run()
  const { measure, measured } = openMeasuring(context.lags, () => assigned)
  const { stallMs, start } = context
  const isWaiting = () => waitsFor !== undefined || options.isPaced?.() === true
  const { lastSigns } = membership
  const watching = { group, topic: options.topic, measure, isWaiting, lastSigns, fail: onCrash, log }
  // A consumer that commits nothing has no position that Kafka knows.
  const unwatch =
    stallMs === undefined || start !== undefined ? undefined : watchProgress({ ...watching, stallMs })
  return {
    group,
    topic: options.topic,
    measure,
    measured,
    trouble: () => {
      if (waitsFor !== undefined) return `waiting: ${waitsFor.message}`
      return membership.joined() ? undefined : 'not in its consumer group'
    },
    stop: async () => {
      stopping.abort()
      membership.stop()
      // Not awaited: the present measurement ends with the connection.
      void unwatch?.()
      await consumer.disconnect()
    },
  }
}
