import { DaybookError } from '@daybook/shared/failures/errors'
import { dueSlots } from '../calendar/due-slots.ts'
import { type Definition, definitionOf, timingOf } from '../definitions/definition.ts'
import { neverFires } from '../definitions/slot-faults.ts'
import { nextState, unlessDeleted } from './next-state.ts'
import type { UserSchedule } from './schedule.ts'

/**
 * Refuses an `at` that would never fire when a schedule is created or resumed, or gets another `at`. Putting an unchanged
 * `at` again is always accepted: a client can repeat a request, or change the data, after the instant has fired.
 * @param read the stored schedule of this name, also a deleted one
 * @throws DaybookError DAYBOOK_REQUEST_INVALID
 */
export function validateAt(
  name: string,
  read: UserSchedule | undefined,
  definition: Definition,
  now: Date,
): void {
  const current = unlessDeleted(read)
  const before = current && definitionOf(current)
  const isResumed = before?.paused === true && !definition.paused
  if (before?.at === definition.at && !isResumed) return
  const detail = atProblem(name, read, definition, now)
  if (detail !== undefined) refuse('/at', detail)
}

/**
 * Refuses to resume a schedule that would never fire, for the same reasons as a new one.
 * @param definition the definition of the resumed schedule
 * @throws DaybookError DAYBOOK_REQUEST_INVALID
 */
export function validateResume(paused: UserSchedule, definition: Definition, now: Date): void {
  validateAt(paused._id, paused, definition, now)
  if (nextState(paused._id, paused, definition, now).nextSlot === undefined)
    refuse(definition.cron === undefined ? '/every' : '/cron', neverFires)
}

/** Says why the definition's `at` would never fire; undefined when it would, or when the definition has no `at`. */
export function atProblem(
  name: string,
  read: UserSchedule | undefined,
  definition: Definition,
  now: Date,
): string | undefined {
  if (definition.at === undefined) return undefined
  const at = new Date(definition.at)
  return firedProblem(at, read?.stats?.lastSlot) ?? ageProblem(name, definition, at, now)
}

function refuse(pointer: string, detail: string): never {
  const faults = [{ pointer, detail }]
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
