import { signal } from '@preact/signals'
import { now } from '../time/clock.ts'

/** Which parts of Daybook do not answer, as requests and the gateway's status have shown. */

export const partNames = ['gateway', 'tasks', 'reporting', 'scheduler', 'kafka', 'mongodb'] as const
export type Part = (typeof partNames)[number]

/** The parts that are away, with the instant since which each is, in milliseconds since 1970. */
export const away = signal<ReadonlyMap<Part, number>>(new Map())

/** The parts that answer that they are not ready, with the instant since which each is, in milliseconds since 1970. */
export const unready = signal<ReadonlyMap<Part, number>>(new Map())

/** Grows when a part is back: then what could not be read is read again, and what could not be sent is sent. */
export const returns = signal(0)

/**
 * Notes that a part does not answer, or answers again.
 * @param since when it has not answered first, in milliseconds since 1970
 */
export function notePart(part: Part, isAway: boolean, since = now.peek()): void {
  if (away.peek().has(part) === isAway) return
  const next = new Map(away.peek())
  if (isAway) next.set(part, since)
  else next.delete(part)
  away.value = next
  if (!isAway) returns.value += 1
}
