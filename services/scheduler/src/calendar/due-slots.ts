import { createHash } from 'node:crypto'
import { type Recurrence, type Slots, slotsOf } from './slots.ts'

/** When a schedule fires; durations in milliseconds. */
export interface Timing {
  name: string
  recurrence: Recurrence
  /** A firing comes less than this after its slot; 0 for no jitter. */
  jitter: number
}

/** What a schedule does about missed slots: slots that fire too late, or never. */
export interface CatchUp {
  /** Once a slot was missed, `latest` fires only the latest slot that is due, and `none` only the slots in time. */
  catchUp: 'all' | 'latest' | 'none'
  /** Missed slots that are late by more than this many milliseconds do not fire. */
  catchUpWindow: number
}

/** A slot, and the instant at which it fires. */
export interface NextFiring {
  nextSlot: Date
  nextFireAt: Date
}

/** What a schedule does now. */
export interface Due {
  /** The slots that fire now, in order. */
  fired: { slot: Date; missed: boolean }[]
  /** How many due slots never fire. Those before the first one that may fire are counted up to `MOST_LEFT_OUT`. */
  leftOut: number
  /** What fires next; it may be due already. Undefined when no slot follows. */
  next: NextFiring | undefined
}

/** A slot that fires more than this many milliseconds late is missed. */
export const MISSED = 60_000
// Bounds the events that one firing stores. The rest stays due.
const MOST_FIRED = 366
/**
 * Bounds the walk that counts left-out slots. A walk takes 2 to 4 µs per slot, 11 µs with 1,000 excluded dates. Schedules
 * of a second that were down for a week would block the event loop for a second each, to make one statistic exact.
 */
export const MOST_LEFT_OUT = 1000

/** What a schedule fires first of its slots after an instant; undefined when no slot follows. */
export function nextFiring(timing: Timing, after: Date): NextFiring | undefined {
  return firingOf(timing, slotsOf(timing.recurrence).first(after.getTime() + 1))
}

/** What a schedule fires now, from its next slot on, and what it fires next. */
export function dueSlots(timing: Timing & CatchUp & { nextSlot: Date }, now: Date): Due {
  const slots = slotsOf(timing.recurrence)
  const lateness = (slot: number) => now.getTime() - fireTime(timing, slot)
  const due: Due = { fired: [], leftOut: 0, next: undefined }

  // The stored instant need not be a slot: an older version or older rules of the zone may have computed it.
  const next = slots.first(timing.nextSlot.getTime())
  let slot = next
  if (next !== undefined && lateness(next) > MISSED) {
    slot = firstCandidate(slots, timing, next, now.getTime())
    due.leftOut = countUntil(slots, next, slot)
  }
  for (; slot !== undefined && lateness(slot) >= 0; slot = slots.first(slot + 1)) {
    if (due.fired.length === MOST_FIRED) break
    const late = lateness(slot)
    const missed = late > MISSED
    if (missed && (timing.catchUp === 'none' || late > timing.catchUpWindow)) due.leftOut += 1
    else due.fired.push({ slot: new Date(slot), missed })
  }
  due.next = firingOf(timing, slot)
  return due
}

/** When the next slot was missed: the first slot that may fire. Skips the slots before it, of which there may be millions. */
function firstCandidate(
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

/** How many slots there are from one slot until another, or until the last one; at most `MOST_LEFT_OUT`. */
function countUntil(slots: Slots, from: number, end: number | undefined): number {
  let count = 0
  for (
    let slot: number | undefined = from;
    slot !== undefined && slot !== end;
    slot = slots.first(slot + 1)
  ) {
    if (count === MOST_LEFT_OUT) break
    count += 1
  }
  return count
}

/**
 * The latest slot that is due.
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

/**
 * The last slot before an instant, by bisection.
 * @param known a slot before the instant
 */
function lastBefore(instant: number, slots: Slots, known: number): number {
  let [last, end] = [known, instant]
  // There is no slot in [end, instant).
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

/** When a slot fires: its jitter follows from its name and time, so every scheduler computes the same. */
export function fireTime({ name, jitter }: Timing, slot: number): number {
  if (jitter === 0) return slot
  const hash = createHash('sha256').update(`${name}:${slot}`).digest()
  return slot + Math.floor((hash.readUIntBE(0, 6) / 2 ** 48) * jitter)
}
