import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { growingPause } from '../async/growing-pause.ts'
import { startLoop } from '../async/loop.ts'
import { waitOut } from '../failures/outage.ts'
import { makePacing } from './pacing.ts'

/** Stored events that wait to be published: a port over the collection of a service. */
export interface Outbox<Stored> {
  /**
   * Sends events to Kafka, in order. Before them it sends the earlier events of the same subjects that still wait in the
   * store. When it rejects, the relay sends all of them again.
   */
  publish: (events: Stored[]) => Promise<unknown>
  /** Marks events as published, so that no sweep sends them again. */
  markPublished: (events: Stored[]) => Promise<void>
  /**
   * The oldest events that a process stored but did not publish, because of a crash, an outage or a full queue. In order
   * within each subject.
   * @param age the minimum age in milliseconds: the process that stored a younger event still publishes it
   * @param limit the maximum number of events; a shorter result means that no more are left
   */
  leftBehind: (age: number, limit: number) => Promise<Stored[]>
}

/** A running relay. */
export interface Relay<Stored> {
  /** Adds new stored events to the queue, those of one subject in order. A sweep also finds them, so none can be lost. */
  offer: (events: Stored[]) => void
  /**
   * Waits before new events are stored, while this process publishes a backlog: so it publishes twice as many events as are
   * stored. Does not wait when publishing makes no progress, for example during an outage of Kafka.
   * @param count the number of the new events
   */
  pace: (count: number) => Promise<void>
  /** Publishes the queue, then ends. During an outage it ends without publishing: the next start publishes the events. */
  stop: () => Promise<void>
}

export interface RelayOptions {
  log: Logger
  /** Receives the error when publishing fails for another reason than an outage. The relay has stopped. */
  fail: (error: Error) => void
  /** Whether this process may publish the events that a sweep found, see `sweepLease`. By default it always may. */
  maySweep?: () => Promise<boolean>
  /**
   * Milliseconds between two sweeps, and the minimum age of the events that a sweep finds. While there is nothing to publish,
   * the time between two sweeps grows up to six times as long.
   */
  sweepEvery?: number
}

// The maximum number of events in memory during an outage of Kafka, or while Kafka is slow.
const MAX_QUEUED = 5000
const BATCH = 1000
// The least milliseconds from one publishing to the next while less than a batch waits: what is offered meanwhile shares it.
const PUBLISH_EVERY_MS = 10
// While the queue is longer than a batch, a sweep mostly finds events that are in the queue. So the next sweep waits for
// this many intervals.
const SWEEP_INTERVALS_UNDER_LOAD = 10

/**
 * Starts a relay, which publishes stored events: offered events at once, and the others in regular sweeps, the first of them
 * at the start. Delivery is at least once: a crash between publishing and marking sends an event again, with the same id.
 */
export function startRelay<Stored>(outbox: Outbox<Stored>, options: RelayOptions): Relay<Stored> {
  const { log, fail, maySweep = async () => true, sweepEvery = 5000 } = options
  const queue: Stored[] = []
  // When the queue overflows, the relay empties it and ignores offered events until sweeps have caught up. Sweeps read the
  // store in order, page by page. So a backlog of any size needs only the memory of one page.
  let isBehind = false
  const stopping = new AbortController()
  const waiting = { log, signal: stopping.signal }
  const pacing = makePacing()
  // The time of the next publishing of the queue, and of the last sweep, in milliseconds of a monotonic clock.
  let nextAt = 0
  let sweptAt = Number.NEGATIVE_INFINITY
  const pause = growingPause(sweepEvery)

  async function publish(events: Stored[]): Promise<void> {
    await waitOut('publishing events', () => outbox.publish(events), waiting)
    await waitOut('marking events as published', () => outbox.markPublished(events), waiting)
  }

  /** Publishes the first batch of the queue. Events leave the queue only after they are published, so they stay in order. */
  async function publishHead(): Promise<void> {
    const head = queue.slice(0, BATCH)
    await publish(head)
    queue.splice(0, head.length)
  }

  /** Publishes one page of waiting events. After a full page, the next turn continues with the next page. */
  async function sweep(): Promise<void> {
    const read = () => outbox.leftBehind(isBehind ? 0 : sweepEvery, BATCH)
    const page = await waitOut('sweeping the outbox', read, waiting)
    pause.looked(page.length > 0)
    const isOurs = page.length > 0 && (await waitOut('sweeping the outbox', maySweep, waiting))
    if (isOurs) await publish(page)
    if (isOurs && page.length >= BATCH) return pacing.allow(page.length / 2)
    pacing.end()
    isBehind = false
    sweptAt = performance.now()
  }

  function untilSweep(): number {
    if (isBehind) return 0
    return sweptAt + pause.ms() * (queue.length >= BATCH ? SWEEP_INTERVALS_UNDER_LOAD : 1) - performance.now()
  }

  /** Waits until the queue may be published: at once after a time without events, and when a whole batch waits. */
  async function untilNext(): Promise<void> {
    const early = nextAt - performance.now()
    if (early > 0 && queue.length < BATCH) await sleep(early)
    nextAt = performance.now() + PUBLISH_EVERY_MS
  }

  const loop = startLoop(async () => {
    if (queue.length > 0) {
      await untilNext()
      await publishHead()
    }
    if (untilSweep() <= 0) await sweep()
    return queue.length > 0 ? 0 : Math.max(0, untilSweep())
  }, fail)

  let stopped: Promise<void> | undefined
  async function stop(): Promise<void> {
    stopping.abort()
    await loop.stop()
    try {
      while (queue.length > 0) await publishHead()
    } catch (error) {
      log.warn({ err: error }, 'unpublished events will be sent after the restart')
    }
  }

  return {
    offer(events) {
      if (isBehind) return
      if (queue.length + events.length <= MAX_QUEUED) queue.push(...events)
      else {
        queue.length = 0
        isBehind = true
      }
      pause.shorten()
      loop.wake()
    },
    pace: pacing.wait,
    stop() {
      pacing.end()
      stopped ??= stop()
      return stopped
    },
  }
}
