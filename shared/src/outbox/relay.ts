import type { Logger } from 'pino'
import { startLoop } from '../async/loop.ts'
import { waitOut } from '../failures/outage.ts'

/** Where stored events wait to be published: a port over a service's own collection. */
export interface Outbox<Stored> {
  /**
   * Sends events to Kafka, in order, and before them what waits in the store ahead of them within their subjects. When
   * it rejects, all of them are sent again.
   */
  publish: (events: Stored[]) => Promise<void>
  /** Notes that events are published, so that no sweep sends them again. */
  markPublished: (events: Stored[]) => Promise<void>
  /**
   * The oldest of what somebody stored but did not publish: left by a crash, an outage, a full queue. In order within
   * each subject.
   * @param age what was stored less than so many milliseconds ago is left to whoever has it in hand
   * @param limit the most events; with fewer than that there are no more
   */
  leftBehind: (age: number, limit: number) => Promise<Stored[]>
}

export interface Relay<Stored> {
  /** Hands over events just stored, those of one subject in order. They are safe: a sweep finds them too. */
  offer: (events: Stored[]) => void
  /** Publishes what is in hand, then ends; what an outage holds back is left to the next start. */
  stop: () => Promise<void>
}

export interface RelayOptions {
  log: Logger
  /** Called when publishing fails for another reason than an outage, and the relay has stopped. */
  fail: (error: Error) => void
  /** Whether this process may publish what was left behind, see sweepLease; if not given, it always may. */
  maySweep?: () => Promise<boolean>
  /** Milliseconds between two sweeps, and the age from which an event counts as left behind. */
  sweepEvery?: number
}

// The most events kept in memory while Kafka is away or slow.
const QUEUE = 5000
const BATCH = 1000
// With more in hand than is published at once, a sweep would mostly find that. It still comes after so many intervals.
const OVERDUE = 10

/**
 * Publishes stored events: what is offered at once, what was left behind by regular sweeps, the first at the start.
 * At least once: a crash between publishing and marking sends an event again, under the same id.
 */
export function startRelay<Stored>(outbox: Outbox<Stored>, options: RelayOptions): Relay<Stored> {
  const { log, fail, maySweep = async () => true, sweepEvery = 5000 } = options
  const queue: Stored[] = []
  // When the queue overflows it is given up, and nothing is offered to it until sweeps have caught up: they read the
  // store in order, page by page, so that a backlog of any size takes no more memory than a page.
  let isBehind = false
  const stopping = new AbortController()
  const waiting = { log, signal: stopping.signal }
  // By a clock that nobody sets back.
  let sweptAt = Number.NEGATIVE_INFINITY

  async function publish(events: Stored[]): Promise<void> {
    await waitOut('publishing events', () => outbox.publish(events), waiting)
    await waitOut('marking events as published', () => outbox.markPublished(events), waiting)
  }

  /** What can't be published stays at the head: nothing may overtake it. */
  async function publishHead(): Promise<void> {
    const head = queue.slice(0, BATCH)
    await publish(head)
    queue.splice(0, head.length)
  }

  /** Publishes a page of what was left behind. After a full page the next follows in the next turn. */
  async function sweep(): Promise<void> {
    const read = () => outbox.leftBehind(isBehind ? 0 : sweepEvery, BATCH)
    const page = await waitOut('sweeping the outbox', read, waiting)
    const isOurs = page.length > 0 && (await waitOut('sweeping the outbox', maySweep, waiting))
    if (isOurs) await publish(page)
    if (isOurs && page.length === BATCH) return
    isBehind = false
    sweptAt = performance.now()
  }

  function untilSweep(): number {
    if (isBehind) return 0
    return sweptAt + sweepEvery * (queue.length >= BATCH ? OVERDUE : 1) - performance.now()
  }

  const loop = startLoop(async () => {
    if (queue.length > 0) await publishHead()
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
      log.warn({ err: error }, 'events in hand are left to the next start')
    }
  }

  return {
    offer(events) {
      if (isBehind) return
      if (queue.length + events.length <= QUEUE) queue.push(...events)
      else {
        queue.length = 0
        isBehind = true
      }
      loop.wake()
    },
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
