import { type Definition, definitionOf, sameRecurrence, timingOf } from './definition.ts'
import { nextFiring } from './due-slots.ts'
import type { UserSchedule } from './schedule.ts'

/** What of a schedule follows from its definition and from what it was before. */
export interface State {
  definition: string
  anchor: Date
  nextSlot: Date | undefined
  nextFireAt: Date | undefined
  deletedAt: Date | undefined
}

/** @param current undefined for a new one, also under the name of a deleted one */
export function nextState(
  name: string,
  current: UserSchedule | undefined,
  definition: Definition,
  now: Date,
): State {
  const before = current && definitionOf(current)
  const isSame = before !== undefined && sameRecurrence(before, definition)
  const anchor = current !== undefined && isSame ? current.anchor : now
  const after = isSame ? goOn(current, before, definition, now) : beginAnew(current, definition, now)
  const next = after && nextFiring(timingOf(name, definition, anchor), after)
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

/** After which instant the next slot comes when the slots stay the same, or undefined when there is none. */
function goOn(
  current: UserSchedule | undefined,
  before: Definition,
  { paused }: Definition,
  now: Date,
): Date | undefined {
  if (paused) return undefined
  if (before.paused) return now
  return current?.nextSlot && justBefore(current.nextSlot)
}

/** After which instant the first of other slots comes: one instant may be past, but does not fire twice. */
function beginAnew(
  current: UserSchedule | undefined,
  { paused, at }: Definition,
  now: Date,
): Date | undefined {
  if (paused) return undefined
  if (at === undefined) return now
  const instant = new Date(at)
  return current?.stats?.lastSlot?.getTime() === instant.getTime() ? undefined : justBefore(instant)
}

const justBefore = (instant: Date) => new Date(instant.getTime() - 1)
