import { closedTimes, openParts, pieceAt } from './offset-interval.ts'
import { atPattern, cronPattern, everyPattern, type Pattern } from './patterns.ts'

/** When a schedule fires; instants are Dates, `every` in milliseconds. */
export type Recurrence = {
  timeZone: string
  /** Slots are in [start, end). */
  start?: Date
  end?: Date
  /** Local dates without slots, inclusive. */
  exclude?: { from: string; to: string }[]
} & ({ cron: string } | { every: number; anchor: Date } | { at: Date })

/** The slots of a recurrence, made ready; instants are in ms since the epoch. */
export interface Slots {
  /** The first at or after an instant; undefined when there is none any more. */
  first: (from: number) => number | undefined
  /** How many there are in [from, to). */
  count: (from: number, to: number) => number
}

const DAY = 86_400_000
const CENTURY = 36_525 * DAY
// A pattern says when its next slot is by the offset that it knows: no two offsets are further apart.
const MARGIN = 2 * DAY

/** The first slot strictly after an instant, or undefined when there is none any more. */
export function nextSlot(recurrence: Recurrence, after: Date): Date | undefined {
  const slot = slotsOf(recurrence).first(after.getTime() + 1)
  return slot === undefined ? undefined : new Date(slot)
}

/** Makes a recurrence ready to be asked more than once. */
export function slotsOf(recurrence: Recurrence): Slots {
  const { timeZone, start, end = new Date(8.64e15) } = recurrence
  const pattern = patternOf(recurrence)
  const closed = closedTimes(recurrence.exclude ?? [])
  const [begin, finish] = [start?.getTime() ?? Number.NEGATIVE_INFINITY, end.getTime()]

  function first(from: number): number | undefined {
    let at = Math.max(from, begin)
    // Where all is excluded the search has an end all the same.
    let limit = finish
    while (at < limit) {
      const piece = pieceAt(timeZone, at)
      const slot = pattern.first(piece)
      if (slot === undefined) return undefined
      limit = Math.min(limit, slot + CENTURY)
      const local = slot + piece.offset
      const shut = closed.find(range => range.from <= local && local < range.to)
      if (slot >= piece.to) at = Math.max(piece.to, slot - MARGIN)
      else if (shut === undefined) return slot < finish ? slot : undefined
      else at = Math.min(piece.to, shut.to - piece.offset)
    }
    return undefined
  }

  function count(from: number, to: number): number {
    const last = Math.min(to, finish)
    let total = 0
    for (let at = Math.max(from, begin); at < last; ) {
      const piece = pieceAt(timeZone, at)
      at = piece.to
      for (const part of openParts({ ...piece, to: Math.min(piece.to, last) }, closed))
        total += pattern.count(part)
    }
    return total
  }

  return { first, count }
}

function patternOf(recurrence: Recurrence): Pattern {
  if ('cron' in recurrence) return cronPattern(recurrence.cron)
  if ('every' in recurrence) return everyPattern(recurrence.every, recurrence.anchor.getTime())
  return atPattern(recurrence.at.getTime())
}
