import { type Definition, definitionOf } from '../definitions/definition.ts'
import type { UserSchedule } from '../schedules/schedule.ts'

/** What tells whether a schedule is idle. */
export type Idling = Pick<
  UserSchedule,
  'definition' | 'anchor' | 'nextFireAt' | 'stats' | 'firedByHandAt' | 'deletedAt' | 'changes'
>

/**
 * Says since when a schedule is idle: since it was deleted; or, when it has no slot left, since its last slot, firing or
 * change, whichever came last.
 * @param schedule with its newest change, at least
 * @returns undefined when it is not idle: something of it is due, or it is paused and may be resumed
 */
export function idleSince(schedule: Idling): Date | undefined {
  const { deletedAt, nextFireAt, anchor, stats, firedByHandAt, changes } = schedule
  if (deletedAt !== undefined) return deletedAt
  const definition = readable(schedule)
  if (nextFireAt !== undefined || definition === undefined || definition.paused) return undefined
  const { at, end } = definition
  const last = [at, end].flatMap(instant => (instant === undefined ? [] : [new Date(instant)]))
  const used = [anchor, changes.at(-1)?.at, stats?.lastFiredAt, firedByHandAt].filter(
    one => one !== undefined,
  )
  const since = Math.max(...[...last, ...used].map(Number))
  return Number.isNaN(since) ? undefined : new Date(since)
}

/** A definition that was edited by hand may be none, whatever it fails with. It is kept, and holds up no other. */
function readable(schedule: Idling): Definition | undefined {
  try {
    return definitionOf(schedule)
  } catch {
    return undefined
  }
}
