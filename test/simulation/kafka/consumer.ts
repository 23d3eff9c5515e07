import type { ConsumerOptions, Offsets, RunningConsumer } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import { deliver } from '../../../shared/src/kafka/delivery/deliver.ts'
import { asInterruption, Interrupted } from '../../../shared/src/kafka/delivery/interrupted.ts'
import type { Process, Server } from '../world/world.ts'
import type { Broker } from './broker.ts'
import type { Assignment, Member } from './group.ts'

/** As the session timeout of the real consumers, and the longest time until an idle one learns of a rebalance. */
const [SESSION_MS, NOTICE_MS] = [10_000, 2000]
const RETRY_MS = 300

interface Context {
  broker: Broker
  process: Process
  server: Server
  log: Logger
  onCrash: (error: Error) => void
}

class Rebalance extends Error {}

/** Runs a consumer on the broker in memory, with the real delivery of messages: retries, parking, interruptions. */
export function runConsumer(options: ConsumerOptions, context: Context): RunningConsumer {
  const { topic, fromBeginning = true, keepsPosition = true, concurrentPartitions = 1 } = options
  const { broker, process, server, log, onCrash } = context
  const { time, random } = process.world
  const group = broker.group(options.group, topic)
  const stopping = new AbortController()
  const ends = () =>
    new Map(Array.from({ length: broker.partitions(topic) }, (_, p) => [p, broker.end(topic, p)]))
  // Where a consumer without a committed position begins.
  const start: Offsets = fromBeginning ? new Map() : ends()

  let change = Promise.withResolvers<void>()
  const member: Member = {
    wake() {
      change.resolve()
      change = Promise.withResolvers()
    },
  }
  let assigned: readonly number[] = []
  let waitsFor: Error | undefined
  let beatAt = 0
  let isWatched = false
  const busy = new Map<number, Promise<void>>()

  /** Ends the session of a member that sends no heartbeat while it handles messages. */
  function watch(): void {
    isWatched = true
    time.after(Math.max(1, beatAt + SESSION_MS - time.now()), () => {
      isWatched = false
      if (busy.size === 0) return
      if (time.now() - beatAt >= SESSION_MS) group.leave(member)
      else watch()
    })
  }

  /** Consumes with one assignment. Returns when the group changes, or the consumer stops. */
  async function consume({ generation, partitions }: Assignment): Promise<void> {
    const isCurrent = () => !stopping.signal.aborted && group.isCurrent(member, generation)
    const positions: Offsets = new Map(
      partitions.map(p => [p, (keepsPosition ? group.committed : start).get(p) ?? start.get(p) ?? 0n]),
    )
    const heartbeat = async () => {
      beatAt = time.now()
      if (!group.isCurrent(member, generation)) throw new Rebalance('the group is rebalancing')
      if (server.isOut() && random.chance(0.3)) throw new Rebalance('the coordinator does not answer')
    }
    const onWait = (reason: Error | undefined) => {
      waitsFor = reason
    }
    const { signal } = stopping
    const delivery = { ...options, heartbeat: asInterruption(heartbeat, signal), onWait, signal, log }
    const done: Offsets = new Map()
    let committing: Promise<void> | undefined

    /** Commits what is handled, once for all that is handled meanwhile. */
    async function commitAll(): Promise<void> {
      while (done.size > 0) {
        const offsets = new Map(done)
        done.clear()
        try {
          await process.reach(server, 'kafka.commit', () => group.commit(member, generation, offsets))
        } catch {
          for (const [partition, offset] of offsets) if (!done.has(partition)) done.set(partition, offset)
          if (!group.isCurrent(member, generation)) return
          await time.sleep(RETRY_MS)
        }
      }
    }

    async function handle(partition: number): Promise<void> {
      const from = positions.get(partition) ?? 0n
      const limit = random.chance(0.5) ? 1000 : random.between(1, 4)
      let isFetched = false
      try {
        const batch = await process.reach(server, 'kafka.fetch', () =>
          broker.read(topic, partition, from, limit),
        )
        isFetched = true
        if (!isCurrent()) return
        beatAt = time.now()
        if (!isWatched) watch()
        await delivery.heartbeat()
        await deliver(batch, delivery)
        const next = from + BigInt(batch.length)
        positions.set(partition, next)
        if (!keepsPosition) {
          start.set(partition, next)
          return
        }
        done.set(partition, next)
        committing ??= commitAll().finally(() => {
          committing = undefined
        })
      } catch (error) {
        onWait(undefined)
        if (!isFetched) await time.sleep(RETRY_MS)
        else if (!(error instanceof Interrupted)) throw error
      }
    }

    while (isCurrent()) {
      const free = partitions.filter(p => !busy.has(p) && (positions.get(p) ?? 0n) < broker.end(topic, p))
      while (free.length > 0 && busy.size < concurrentPartitions) {
        const [partition] = free.splice(random.between(0, free.length - 1), 1) as [number]
        const handling = handle(partition).finally(() => {
          busy.delete(partition)
          member.wake()
        })
        handling.catch(onCrash)
        busy.set(partition, handling)
      }
      await change.promise
    }
    await Promise.allSettled(busy.values())
    await committing
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const assignment = await group.join(member)
      if (stopping.signal.aborted) break
      assigned = assignment.partitions
      options.onAssigned?.(assignment.partitions, assignment.isAlone)
      await consume(assignment)
      assigned = []
      if (!stopping.signal.aborted) await time.sleep(random.between(1, NOTICE_MS))
    }
    group.leave(member)
  }

  // The broker learns of the end of a process when the session expires.
  process.onEnd(() => time.after(random.between(SESSION_MS / 2, SESSION_MS), () => group.leave(member)))
  const running = run().catch(onCrash)
  const measure = async () =>
    assigned.map(partition => ({
      partition,
      position: group.committed.get(partition) ?? 0n,
      end: broker.end(topic, partition),
    }))
  return {
    group: options.group,
    topic,
    measure,
    measured: () => undefined,
    trouble: () => (waitsFor === undefined ? undefined : `waiting: ${waitsFor.message}`),
    async stop() {
      stopping.abort()
      member.wake()
      await running
    },
  }
}
