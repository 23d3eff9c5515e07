import { type Definition, definitionOf } from './definition.ts'
import type { UserSchedule } from './schedule.ts'

/** What tells whether a schedule is idle. */
export type Idling = Pick<
  UserSchedule,
  'definition' | 'anchor' | 'nextFireAt' | 'stats' | 'firedByHandAt' | 'deletedAt' | 'changes'
>

/**
 * Since when a schedule is idle: since it was deleted; or, when it has no slot left, since it last was of any use, which
 * is its last slot, firing or change. Undefined when it is not idle: it is due, or paused, and so will be resumed.
 * @param schedule with its newest change, at least
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
  return new Date(Math.max(...[...last, ...used].map(Number)))
}

/** A definition that was edited by hand may be none; it is not for us to take it away. */
function readable(schedule: Idling): Definition | undefined {
  try {
    return definitionOf(schedule)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
