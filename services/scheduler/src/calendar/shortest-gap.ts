import { stretchAt } from '@daybook/shared/time/clock-changes'
import { type Recurrence, type Slots, slotsOf } from './slots.ts'

const DECADE = 3652.5 * 86_400_000
const MAX_SLOTS = 1000

/**
 * The shortest time between two neighbouring slots after an instant, in ms; undefined if there are fewer than two slots. It
 * compares the next 1,000 slots, or the slots of the next ten years if there are fewer. For a cron it also compares the slots
 * around each clock change of the next ten years, because slots can be closer to each other there.
 */
export function shortestGap(recurrence: Recurrence, after: Date): number | undefined {
  const slots = slotsOf(recurrence)
  const [from, until] = [after.getTime() + 1, after.getTime() + DECADE]
  let shortest: number | undefined
  let seen = 1
  for (const [slot, next] of neighbours(slots, from)) {
    if (seen === MAX_SLOTS || (shortest !== undefined && next > until)) break
    shortest = Math.min(shortest ?? next - slot, next - slot)
    seen += 1
  }
  if (shortest === undefined || !('cron' in recurrence)) return shortest
  for (const change of changesIn(recurrence.timeZone, from, until)) {
    for (const [slot, next] of neighbours(slots, Math.max(from, change - shortest))) {
      if (slot > change) break
      shortest = Math.min(shortest, next - slot)
    }
  }
  return shortest
}

/** All pairs of neighbouring slots, from the first slot at or after an instant. */
function* neighbours({ first }: Slots, from: number): Generator<[slot: number, next: number]> {
  let slot = first(from)
  while (slot !== undefined) {
    const next = first(slot + 1)
    if (next === undefined) return
    yield [slot, next]
    slot = next
  }
}

/** The ends of a zone's stretches between two instants: all clock changes, and some other instants. */
function* changesIn(timeZone: string, from: number, until: number): Generator<number> {
  for (let at = stretchAt(timeZone, from).to; at < until; at = stretchAt(timeZone, at).to) yield at
}
