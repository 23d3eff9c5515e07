import { type Definition, definitionOf } from '../definitions/definition.ts'
import type { UserSchedule } from '../schedules/schedule.ts'

/** The fields of a schedule that decide since when it is idle. */
export type IdleFields = Pick<
  UserSchedule,
  'definition' | 'anchor' | 'nextFireAt' | 'stats' | 'firedByHandAt' | 'deletedAt' | 'changes'
>

/**
 * Says since when a schedule is idle. A deleted schedule is idle since it was deleted. A schedule without slots left is idle
 * since its last slot, firing or change, whichever is latest.
 * @param schedule has at least its newest change
 * @returns undefined when the schedule is not idle: it fires again, or it is paused and may be resumed
 */
export function idleSince(schedule: IdleFields): Date | undefined {
  const { deletedAt, nextFireAt, anchor, stats, firedByHandAt, changes } = schedule
  if (deletedAt !== undefined) return deletedAt
  const definition = readableDefinition(schedule)
  if (nextFireAt !== undefined || definition === undefined || definition.paused) return undefined
  const { at, end } = definition
  const last = [at, end].flatMap(instant => (instant === undefined ? [] : [new Date(instant)]))
  const used = [anchor, changes.at(-1)?.at, stats?.lastFiredAt, firedByHandAt].filter(
    instant => instant !== undefined,
  )
  const since = Math.max(...[...last, ...used].map(Number))
  return Number.isNaN(since) ? undefined : new Date(since)
}

/** A definition that was edited by hand may fail with any error. Its schedule is kept, and must not stop the others. */
function readableDefinition(schedule: IdleFields): Definition | undefined {
  try {
    return definitionOf(schedule)
  } catch {
    return undefined
  }
}
