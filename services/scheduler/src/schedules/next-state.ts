import { nextFiring } from '../calendar/firing-time.ts'
import {
  type Definition,
  definitionOf,
  samePattern,
  sameRecurrence,
  timingOf,
} from '../definitions/definition.ts'
import type { UserSchedule } from './schedule.ts'

/** The fields of a schedule that follow from its definition and from its state before. */
export interface State {
  definition: string
  anchor: Date
  nextSlot: Date | undefined
  nextFireAt: Date | undefined
  deletedAt: Date | undefined
}

/**
 * The state of a schedule that gets a definition. No slot of its name fires twice.
 * @param read the stored schedule of this name, also a deleted one
 */
export function nextState(
  name: string,
  read: UserSchedule | undefined,
  definition: Definition,
  now: Date,
): State {
  const current = unlessDeleted(read)
  const isSame = current !== undefined && samePattern(definitionOf(current), definition)
  const anchor = isSame ? current.anchor : now
  const after = isSame ? continuesAfter(current, definition, now) : startsAfter(definition, now)
  const next = after && nextFiring(timingOf(name, definition, anchor), afterLastSlot(read, after))
  return {
    definition: JSON.stringify(definition),
    anchor,
    nextSlot: next?.nextSlot,
    nextFireAt: next?.nextFireAt,
    deletedAt: undefined,
  }
}

/** The state of a schedule that is deleted: it keeps its definition, and nothing of it is due. */
export const deletedState = ({ definition, anchor }: UserSchedule, now: Date): State => ({
  definition,
  anchor,
  nextSlot: undefined,
  nextFireAt: undefined,
  deletedAt: now,
})

export const unlessDeleted = (read: UserSchedule | undefined) =>
  read?.deletedAt === undefined ? read : undefined

/** The later of an instant and the last slot fired. The slot can be later when a clock was set back or clocks differ. */
function afterLastSlot(read: UserSchedule | undefined, instant: Date): Date {
  const lastSlot = read?.stats?.lastSlot
  return lastSlot !== undefined && lastSlot > instant ? lastSlot : instant
}

/** The instant after which a schedule with an unchanged pattern has its next slot; undefined when it has none. */
function continuesAfter(current: UserSchedule, definition: Definition, now: Date): Date | undefined {
  const { nextSlot } = current
  const before = definitionOf(current)
  if (definition.paused) return undefined
  if (before.paused) return startsAfter(definition, now)
  if (sameRecurrence(before, definition)) return nextSlot && justBefore(nextSlot)
  // New bounds may allow a slot before `nextSlot`. A slot that is already due stays due if the new bounds allow it.
  return nextSlot && nextSlot <= now ? justBefore(nextSlot) : now
}

/** The instant after which a new or resumed schedule has its first slot: now, or just before `at`, which may be past. */
function startsAfter({ paused, at }: Definition, now: Date): Date | undefined {
  if (paused) return undefined
  return at === undefined ? now : justBefore(new Date(at))
}

export const justBefore = (instant: Date) => new Date(instant.getTime() - 1)
