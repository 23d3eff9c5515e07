import { createHash } from 'node:crypto'
import { type Recurrence, type Slots, slotsOf } from './slots.ts'

/** When a schedule fires; durations in milliseconds. */
export interface Timing {
  name: string
  recurrence: Recurrence
  /** The most that a firing may come later than its slot, itself not reached; 0 for not at all. */
  jitter: number
}

/** What a schedule does about slots that were missed: those that fire too late, or never. */
export interface CatchUp {
  /** When a slot was missed, `latest` fires the latest of all that are due, and no other; `none` those in time. */
  catchUp: 'all' | 'latest' | 'none'
  /** Missed slots older than this many milliseconds are left out. */
  catchUpWindow: number
}

/** A slot, and the instant at which it fires. */
export interface NextFiring {
  nextSlot: Date
  nextFireAt: Date
}

export interface Due {
  /** The slots that fire now, in order. */
  fired: { slot: Date; missed: boolean }[]
  /** How many of the slots that are due never fire. */
  leftOut: number
  /** What fires next; it may be due as well. Undefined when nothing does any more. */
  next: NextFiring | undefined
}

/** What fires so many milliseconds later than its time counts as missed. */
export const MISSED = 60_000
// Bounds what one firing stores: what is due beyond it stays so.
const MOST = 366

/** What a schedule fires first of its slots after an instant; undefined when there are none any more. */
export function nextFiring(timing: Timing, after: Date): NextFiring | undefined {
  return firingOf(timing, slotsOf(timing.recurrence).first(after.getTime() + 1))
}

/** What a schedule fires now, from its next slot on, and what after that. */
export function dueSlots(timing: Timing & CatchUp & { nextSlot: Date }, now: Date): Due {
  const slots = slotsOf(timing.recurrence)
  const lateness = (slot: number) => now.getTime() - fireTime(timing, slot)
  const due: Due = { fired: [], leftOut: 0, next: undefined }

  // What was stored may be no slot any more: by an older version's rules, or before a zone changed its own.
  const next = slots.first(timing.nextSlot.getTime())
  let slot = next
  if (next !== undefined && lateness(next) > MISSED) {
    slot = firstOfInterest(slots, timing, next, now.getTime())
    due.leftOut = slots.count(next, slot ?? now.getTime())
  }
  for (; slot !== undefined && lateness(slot) >= 0; slot = slots.first(slot + 1)) {
    if (due.fired.length === MOST) break
    const late = lateness(slot)
    const missed = late > MISSED
    if (missed && (timing.catchUp === 'none' || late > timing.catchUpWindow)) due.leftOut += 1
    else due.fired.push({ slot: new Date(slot), missed })
  }
  due.next = firingOf(timing, slot)
  return due
}

/**
 * Of slots of which the first was missed, the first that may fire. Those before it need no look at each: there may be
 * millions of them.
 */
function firstOfInterest(
  slots: Slots,
  timing: Timing & CatchUp,
  next: number,
  now: number,
): number | undefined {
  const { catchUp, catchUpWindow, jitter } = timing
  if (catchUp === 'latest') return latestDue(slots, timing, next, now)
  const oldest = now - jitter - Math.max(catchUp === 'all' ? catchUpWindow : 0, MISSED)
  return slots.first(Math.max(oldest, next))
}

/** @param known a slot that is due */
function latestDue(slots: Slots, timing: Timing, known: number, now: number): number {
  let latest = lastBefore(Math.max(now - timing.jitter, known) + 1, slots, known)
  for (;;) {
    const following = slots.first(latest + 1)
    if (following === undefined || fireTime(timing, following) > now) return latest
    latest = following
  }
}

/** The last slot before an instant, given one that is before it. */
function lastBefore(instant: number, slots: Slots, known: number): number {
  let [last, end] = [known, instant]
  // No slot is in [end, instant).
  while (end - last > 1) {
    const middle = Math.floor((last + end) / 2)
    const slot = slots.first(middle)
    if (slot !== undefined && slot < end) last = slot
    else end = middle
  }
  return last
}

function firingOf(timing: Timing, slot: number | undefined): NextFiring | undefined {
  if (slot === undefined) return undefined
  return { nextSlot: new Date(slot), nextFireAt: new Date(fireTime(timing, slot)) }
}

/** A slot and its share of the jitter, which every scheduler computes alike. */
export function fireTime({ name, jitter }: Timing, slot: number): number {
  if (jitter === 0) return slot
  const hash = createHash('sha256').update(`${name}:${slot}`).digest()
  return slot + Math.floor((hash.readUIntBE(0, 6) / 2 ** 48) * jitter)
}
