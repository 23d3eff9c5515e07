import { DaybookError } from '@daybook/shared/errors'
import { type Definition, definitionOf, timingOf } from './definition.ts'
import { dueSlots } from './due-slots.ts'
import { unlessDeleted } from './next-state.ts'
import type { UserSchedule } from './schedule.ts'

/**
 * Refuses one instant that would never fire. One that stays as it is is taken whatever became of it: a definition can
 * be put again, and its data changed, for ever.
 * @param read what the name stands for so far, also a deleted one
 * @throws DaybookError DAYBOOK_REQUEST_INVALID
 */
export function refuseAt(
  name: string,
  read: UserSchedule | undefined,
  definition: Definition,
  now: Date,
): void {
  const current = unlessDeleted(read)
  if (definition.at === undefined) return
  if (current !== undefined && definitionOf(current).at === definition.at) return
  const at = new Date(definition.at)
  const detail = firedProblem(at, read?.stats?.lastSlot) ?? ageProblem(name, definition, at, now)
  if (detail === undefined) return
  const faults = [{ pointer: '/at', detail }]
  throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: it points at what to change', { faults })
}

const firedProblem = (at: Date, lastSlot: Date | undefined) =>
  lastSlot === undefined || at > lastSlot
    ? undefined
    : `must come after ${lastSlot.toISOString()}, the last slot that was fired under this name: no slot fires twice`

function ageProblem(name: string, definition: Definition, at: Date, now: Date): string | undefined {
  const { fired, next } = dueSlots({ ...timingOf(name, definition, now), nextSlot: at }, now)
  if (fired.length > 0 || next !== undefined) return undefined
  return definition.catchUp === 'none'
    ? 'is more than 60 s past, and catchUp is none: it would never fire; give a later instant or another catchUp'
    : 'is older than catchUpWindow: it would never fire; give a later instant or a longer catchUpWindow'
}
