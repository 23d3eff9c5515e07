import { fireTime, firingOf, type NextFiring, type Timing } from './firing-time.ts'
import { countUntil, lastBefore } from './slot-search.ts'
import { type Slots, slotsOf } from './slots.ts'

/** What a schedule does about missed slots: slots that fire too late, or never. */
export interface CatchUp {
  /**
   * Applies when at least one slot was missed. `all` fires every due slot, `latest` only the latest due slot, and `none` only
   * the slots that were not missed.
   */
  catchUp: 'all' | 'latest' | 'none'
  /** Missed slots that are late by more than this many milliseconds do not fire. */
  catchUpWindow: number
}

/** The due slots of a schedule, and its next firing. */
export interface Due {
  /** The slots that fire now, in order. */
  fired: { slot: Date; missed: boolean }[]
  /** How many due slots never fire. Of the slots before the first slot that may fire, at most `MAX_COUNTED` are counted. */
  leftOut: number
  /** The next firing, which may be due already. Undefined when no slot follows. */
  next: NextFiring | undefined
}

/** A slot that fires more than this many milliseconds late is missed. */
export const MISSED_AFTER_MS = 60_000
// Bounds the events that one firing stores. The other slots stay due.
const MAX_FIRED = 366
/** Computes which slots a schedule fires now, starting with `nextSlot`, and which slot it fires next. */
export function dueSlots(timing: Timing & CatchUp & { nextSlot: Date }, now: Date): Due {
  const slots = slotsOf(timing.recurrence)
  const lateness = (slot: number) => now.getTime() - fireTime(timing, slot)
  const due: Due = { fired: [], leftOut: 0, next: undefined }

  // The stored instant is not always a slot: an older version, or older rules of the zone, may have computed it.
  const next = slots.first(timing.nextSlot.getTime())
  let slot = next
  if (next !== undefined && lateness(next) > MISSED_AFTER_MS) {
    slot = firstCandidate(slots, timing, next, now.getTime())
    due.leftOut = countUntil(slots, next, slot)
  }
  for (; slot !== undefined && lateness(slot) >= 0; slot = slots.first(slot + 1)) {
    if (due.fired.length === MAX_FIRED) break
    const late = lateness(slot)
    const missed = late > MISSED_AFTER_MS
    if (missed && (timing.catchUp === 'none' || late > timing.catchUpWindow)) due.leftOut += 1
    else due.fired.push({ slot: new Date(slot), missed })
  }
  due.next = firingOf(timing, slot)
  return due
}

/**
 * Finds the first slot that may fire after the next slot was missed. Skips the slots in between, because there may be
 * millions.
 */
function firstCandidate(
  slots: Slots,
  timing: Timing & CatchUp,
  next: number,
  now: number,
): number | undefined {
  const { catchUp, catchUpWindow, jitter } = timing
  if (catchUp === 'latest') return latestDue(slots, timing, next, now)
  const oldest = now - jitter - Math.max(catchUp === 'all' ? catchUpWindow : 0, MISSED_AFTER_MS)
  return slots.first(Math.max(oldest, next))
}

/**
 * Finds the latest due slot.
 * @param known a slot that is due
 */
function latestDue(slots: Slots, timing: Timing, known: number, now: number): number {
  let latest = lastBefore(Math.max(now - timing.jitter, known) + 1, slots, known)
  for (;;) {
    const following = slots.first(latest + 1)
    if (following === undefined || fireTime(timing, following) > now) return latest
    latest = following
  }
}
