import { offsetIntervalFrom } from './offset-interval.ts'
import { atPattern, cronPattern, everyPattern, type Pattern } from './patterns.ts'

/** When a schedule fires; instants are Dates, `every` is in milliseconds. */
export type Recurrence = {
  timeZone: string
  /** Slots are in [start, end). */
  start?: Date
  end?: Date
  /** Local dates without slots, inclusive. */
  exclude?: { from: string; to: string }[]
} & ({ cron: string } | { every: number; anchor: Date } | { at: Date })

/** The slots of a recurrence; instants are in ms since the epoch. */
export interface Slots {
  /** Finds the first slot at or after an instant; undefined when there is none. */
  first: (from: number) => number | undefined
}

const DAY = 86_400_000
const CENTURY = 36_525 * DAY
// A pattern computes a slot after the interval with the offset of the interval. Two offsets of a zone never differ by more
// than MARGIN.
const MARGIN = 2 * DAY

/** The first slot strictly after an instant, or undefined when there is none. */
export function nextSlot(recurrence: Recurrence, after: Date): Date | undefined {
  const slot = slotsOf(recurrence).first(after.getTime() + 1)
  return slot === undefined ? undefined : new Date(slot)
}

/** Prepares a recurrence for several searches. */
export function slotsOf(recurrence: Recurrence): Slots {
  const { timeZone, start, end = new Date(8.64e15) } = recurrence
  const pattern = patternOf(recurrence)
  const excluded = localRanges(recurrence.exclude ?? [])
  const [begin, finish] = [start?.getTime() ?? Number.NEGATIVE_INFINITY, end.getTime()]

  return {
    first(from) {
      let at = Math.max(from, begin)
      // The limit ends the search when every date is excluded.
      let limit = finish
      while (at < limit) {
        const interval = offsetIntervalFrom(timeZone, at)
        const slot = pattern.first(interval)
        if (slot === undefined) return undefined
        limit = Math.min(limit, slot + CENTURY)
        const local = slot + interval.offset
        const range = excluded.find(range => range.from <= local && local < range.to)
        if (slot >= interval.to) at = Math.max(interval.to, slot - MARGIN)
        else if (range === undefined) return slot < finish ? slot : undefined
        else at = Math.min(interval.to, range.to - interval.offset)
      }
      return undefined
    },
  }
}

/** Converts local dates to intervals [from, to) of local time. */
const localRanges = (dates: { from: string; to: string }[]) =>
  dates.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) + DAY }))

function patternOf(recurrence: Recurrence): Pattern {
  if ('cron' in recurrence) return cronPattern(recurrence.cron)
  if ('every' in recurrence) return everyPattern(recurrence.every, recurrence.anchor.getTime())
  return atPattern(recurrence.at.getTime())
}
