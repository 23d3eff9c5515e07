import { createHash } from 'node:crypto'
import { type Recurrence, slotsOf } from './slots.ts'

/** When a schedule fires; durations in milliseconds. */
export interface Timing {
  name: string
  recurrence: Recurrence
  /** The upper bound of the delay from a slot to its firing; 0 for no jitter. */
  jitter: number
}

/** A slot, and the instant at which it fires. */
export interface NextFiring {
  nextSlot: Date
  nextFireAt: Date
}

/** The first firing of a schedule whose slot is after an instant; undefined when no slot follows. */
export function nextFiring(timing: Timing, after: Date): NextFiring | undefined {
  return firingOf(timing, slotsOf(timing.recurrence).first(after.getTime() + 1))
}

/** The firing of a slot; undefined when there is no slot. */
export function firingOf(timing: Timing, slot: number | undefined): NextFiring | undefined {
  if (slot === undefined) return undefined
  return { nextSlot: new Date(slot), nextFireAt: new Date(fireTime(timing, slot)) }
}

/**
 * Computes when a slot fires. The jitter depends only on the schedule's name and the slot, so every scheduler computes the
 * same instant.
 */
export function fireTime({ name, jitter }: Timing, slot: number): number {
  if (jitter === 0) return slot
  const hash = createHash('sha256').update(`${name}:${slot}`).digest()
  return slot + Math.floor((hash.readUIntBE(0, 6) / 2 ** 48) * jitter)
}
