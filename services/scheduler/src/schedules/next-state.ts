import { nextFiring } from '../calendar/due-slots.ts'
import {
  type Definition,
  definitionOf,
  samePattern,
  sameRecurrence,
  timingOf,
} from '../definitions/definition.ts'
import type { UserSchedule } from './schedule.ts'

/** What of a schedule follows from its definition and from what it was before. */
export interface State {
  definition: string
  anchor: Date
  nextSlot: Date | undefined
  nextFireAt: Date | undefined
  deletedAt: Date | undefined
}

/** @param read what the name stands for so far, also a deleted one: whatever is made of it, no slot fires twice */
export function nextState(
  name: string,
  read: UserSchedule | undefined,
  definition: Definition,
  now: Date,
): State {
  const current = unlessDeleted(read)
  const isSame = current !== undefined && samePattern(definitionOf(current), definition)
  const anchor = isSame ? current.anchor : now
  const after = isSame ? goOn(current, definition, now) : beginAnew(definition, now)
  const next = after && nextFiring(timingOf(name, definition, anchor), afterFired(read, after))
  return {
    definition: JSON.stringify(definition),
    anchor,
    nextSlot: next?.nextSlot,
    nextFireAt: next?.nextFireAt,
    deletedAt: undefined,
  }
}

/** @returns the schedule's state once it is deleted: what it was, and nothing due */
export const deletedState = ({ definition, anchor }: UserSchedule, now: Date): State => ({
  definition,
  anchor,
  nextSlot: undefined,
  nextFireAt: undefined,
  deletedAt: now,
})

export const unlessDeleted = (read: UserSchedule | undefined) =>
  read?.deletedAt === undefined ? read : undefined

/** An instant, or the last slot that was fired when that is later: clocks are set back, and may differ. */
function afterFired(read: UserSchedule | undefined, instant: Date): Date {
  const lastSlot = read?.stats?.lastSlot
  return lastSlot !== undefined && lastSlot > instant ? lastSlot : instant
}

/** After which instant the next slot comes when the pattern stays the same, or undefined when there is none. */
function goOn(current: UserSchedule, definition: Definition, now: Date): Date | undefined {
  const { nextSlot } = current
  const before = definitionOf(current)
  if (definition.paused) return undefined
  if (before.paused) return beginAnew(definition, now)
  if (sameRecurrence(before, definition)) return nextSlot && justBefore(nextSlot)
  // With other bounds there may be a slot before the next one; what is due already stays so, if they leave it.
  return nextSlot && nextSlot <= now ? justBefore(nextSlot) : now
}

/** After which instant the first slot comes of what is new, or resumed: one instant may be past. */
function beginAnew({ paused, at }: Definition, now: Date): Date | undefined {
  if (paused) return undefined
  return at === undefined ? now : justBefore(new Date(at))
}

export const justBefore = (instant: Date) => new Date(instant.getTime() - 1)
