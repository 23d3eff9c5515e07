import { groupCommit } from '@daybook/shared/async/group-commit'
import type { User } from '@daybook/shared/http'
import type { EventBuffer, NewEvent } from './event-buffer.ts'
import { decodePosition, hasReached, type Position } from './position.ts'
import { type RecentEvents, recentEvents } from './recent-events.ts'
import { type EndReason, Subscription } from './subscription.ts'

// The timers keep no process: the connections of its streams do.
const BEAT_MS = 15_000
// How many streams share one question to Kafka.
const CROWD = 10_000
// setTimeout takes no longer time.
const LONGEST_MS = 2_147_483_647

/** The streams of this process. */
export interface EventHub {
  /** Keeps an event and tells the streams. */
  publish: (event: NewEvent) => void
  /**
   * Opens a stream for a user, until the user's token expires.
   * @param lastId the id of the last event that the client has; undefined: it wants what happens from now on
   */
  open: (user: User, lastId: string | undefined) => Promise<Subscription>
  /** The newest events that a user may see, at most `limit`. */
  recent: (user: User, limit: number) => RecentEvents
  close: (subscription: Subscription) => void
  /** Tells all streams why they end. */
  end: (reason: EndReason) => void
  /** How many streams are open. */
  size: () => number
}

/** @param endPosition asks Kafka where the topics end */
export function makeHub(buffer: EventBuffer, endPosition: () => Promise<Position>): EventHub {
  const open = new Map<Subscription, () => void>()
  let beating: NodeJS.Timeout | undefined
  // Clients can send any position, so Kafka gets one question at a time. It begins after all of them came: an older answer could
  // lack the last event of a client that comes from another process.
  const isInTopics = groupCommit<Position, boolean>(async positions => {
    const end = await endPosition()
    return positions.map(position => hasReached(end, position))
  }, CROWD)

  function beat(): void {
    buffer.forget()
    for (const subscription of open.keys()) subscription.beat()
  }

  /** Reads the position of a client. One after the end of a topic belongs to a topic that was made again. */
  async function positionOf(lastId: string): Promise<Position | 'unreadable'> {
    const position = decodePosition(lastId)
    if (position === undefined) return 'unreadable'
    const isKnown = buffer.hasRead(position) || (await isInTopics(position))
    return isKnown ? position : 'unreadable'
  }

  return {
    publish(event) {
      const kept = buffer.add(event)
      for (const subscription of open.keys()) subscription.note(kept)
    },
    async open(user, lastId) {
      const came = lastId === undefined ? undefined : await positionOf(lastId)
      const subscription = new Subscription(buffer, user, came)
      open.set(subscription, endAt(user.expiresAt, subscription))
      beating ??= setInterval(beat, BEAT_MS).unref()
      return subscription
    },
    recent: (user, limit) => recentEvents(buffer, user, limit),
    close(subscription) {
      open.get(subscription)?.()
      open.delete(subscription)
      subscription.leave()
      if (open.size > 0) return
      clearInterval(beating)
      beating = undefined
    },
    end(reason) {
      for (const subscription of open.keys()) subscription.end(reason)
    },
    size: () => open.size,
  }
}

/** Ends a stream at an instant. @returns a function that forgets about it */
function endAt(instant: number, subscription: Subscription): () => void {
  const left = instant - Date.now()
  const end = () => subscription.end('token-expired')
  const timer = left > LONGEST_MS ? undefined : setTimeout(end, Math.max(0, left)).unref()
  return () => clearTimeout(timer)
}
