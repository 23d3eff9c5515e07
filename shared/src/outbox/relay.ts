import type { Logger } from 'pino'
import { startLoop } from '../loop.ts'
import { waitOut } from '../outage.ts'

/** Where stored events wait to be published: a port over a service's own collection. */
export interface Outbox<Stored> {
  /** Sends events to Kafka, in order; when it rejects, all of them are sent again. */
  publish: (events: Stored[]) => Promise<void>
  /** Notes that events are published, so that no sweep sends them again. */
  markPublished: (events: Stored[]) => Promise<void>
  /**
   * What somebody stored but did not publish: left by a crash, an outage, a full queue. In order within each subject.
   * What was stored less than `age` milliseconds ago is left to whoever has it in hand.
   */
  leftBehind: (age: number) => Promise<Stored[]>
}

export interface Relay<Stored> {
  /** Hands over events just stored, those of one subject in order. They are safe: a sweep finds them too. */
  offer: (events: Stored[]) => void
  /** Publishes what is in hand, then ends; what an outage holds back is left to the next start. */
  stop: () => Promise<void>
}

interface RelayOptions {
  log: Logger
  /** Called when publishing fails for another reason than an outage, and the relay has stopped. */
  fail: (error: Error) => void
  /** Milliseconds between two sweeps, and the age from which an event counts as left behind. */
  sweepEvery?: number
}

// The most events kept in memory while Kafka is away; what comes on top is left to the sweep.
const QUEUE = 10_000
const BATCH = 1000
// With events always in hand, a sweep still comes after this many intervals.
const OVERDUE = 10

/**
 * Publishes stored events: what is offered at once, what was left behind by regular sweeps, the first at the start.
 * At least once: a crash between publishing and marking sends an event again, under the same id.
 */
export function startRelay<Stored>(outbox: Outbox<Stored>, options: RelayOptions): Relay<Stored> {
  const { log, fail, sweepEvery = 5000 } = options
  const queue: Stored[] = []
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

  async function sweep(): Promise<void> {
    const events = await waitOut('sweeping the outbox', () => outbox.leftBehind(sweepEvery), waiting)
    if (events.length > 0) await publish(events)
    // Where some were left behind there may be more than one sweep takes.
    else sweptAt = performance.now()
  }

  const loop = startLoop(async () => {
    const untilSweep = sweptAt + sweepEvery * (queue.length > 0 ? OVERDUE : 1) - performance.now()
    if (untilSweep <= 0) await sweep()
    else if (queue.length > 0) await publishHead()
    else return untilSweep
    return 0
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
      if (queue.length + events.length <= QUEUE) queue.push(...events)
      loop.wake()
    },
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
