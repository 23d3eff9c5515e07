import type { User } from '@daybook/shared/http'
import { isIn } from './audience.ts'
import type { EventBuffer, Kept } from './event-buffer.ts'

/** The newest events that a user may see. */
export interface RecentEvents {
  /** From when on no event is missing, in milliseconds since 1970. */
  since: number
  /** The JSON of each, in the order in which they were read. */
  events: string[]
}

// An answer is made in memory.
const MAX_BYTES = 4_000_000

/** Takes the newest events from the buffer that a user may see, at most `limit`, and at most 4 MB of them. */
export function recentEvents(buffer: EventBuffer, user: User, limit: number): RecentEvents {
  const events: string[] = []
  let bytes = 0
  for (let sequence = buffer.end - 1; sequence >= buffer.first; sequence -= 1) {
    const kept = buffer.get(sequence) as Kept
    if (!isIn(user, kept.audience)) continue
    const event = jsonOf(user.admin ? kept.lines : (kept.linesForPeople ?? kept.lines))
    bytes += event.length
    if (events.length === limit || bytes > MAX_BYTES) return { since: kept.time, events: events.toReversed() }
    events.push(event)
  }
  return { since: buffer.completeSince(), events: events.toReversed() }
}

const DATA = '\ndata: '
const jsonOf = (lines: Buffer) => lines.toString('utf8', lines.indexOf(DATA) + DATA.length).trimEnd()
