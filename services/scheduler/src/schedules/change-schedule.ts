import { checkPreconditions, type Preconditions } from '@daybook/shared/http'
import { type Definition, definitionOf } from '../definitions/definition.ts'
import { deletedState, nextState, unlessDeleted } from './next-state.ts'
import { existing, refuseEndOfDay } from './refusals.ts'
import type { Change, UserSchedule } from './schedule.ts'
import type { Schedules } from './schedule-store.ts'
import { validateAt, validateResume } from './validate-at.ts'

/** An operator's request: who asks, when, and on which conditions. */
export interface OperatorRequest {
  by: string
  now: Date
  preconditions: Preconditions
}

/** What to do with a schedule; undefined when the request changes nothing. */
type Decision = { action: Change['action']; definition: Definition } | undefined

interface Outcome {
  schedule: UserSchedule
  /** Undefined when the request changed nothing. */
  action: Change['action'] | undefined
}

/** Creates a schedule, or gives it another definition. */
export const putSchedule = (
  schedules: Schedules,
  name: string,
  definition: Definition,
  request: OperatorRequest,
) =>
  change(schedules, name, request, (current, read) => {
    validateAt(name, read, definition, request.now)
    const isSame = current && JSON.stringify(definitionOf(current)) === JSON.stringify(definition)
    if (isSame) return undefined
    return { action: current === undefined ? 'created' : 'changed', definition }
  })

/** Pauses or resumes a schedule. A schedule that would never fire is not resumed. */
export const setPaused = (schedules: Schedules, name: string, paused: boolean, request: OperatorRequest) =>
  change(schedules, name, request, current => {
    const schedule = existing(name, current)
    const definition = { ...definitionOf(schedule), paused }
    if (definitionOf(schedule).paused === paused) return undefined
    if (!paused) validateResume(schedule, definition, request.now)
    return { action: paused ? 'paused' : 'resumed', definition }
  })

/** Deletes a schedule. Events that it has fired are still published. */
export const deleteSchedule = (schedules: Schedules, name: string, request: OperatorRequest) =>
  change(schedules, name, request, current => ({
    action: 'deleted',
    definition: definitionOf(existing(name, current)),
  }))

/**
 * Reads the schedule, decides on it, and writes the change. If the schedule has changed in between, reads and decides again.
 */
async function change(
  schedules: Schedules,
  name: string,
  request: OperatorRequest,
  decide: (current: UserSchedule | undefined, read: UserSchedule | undefined) => Decision,
): Promise<Outcome> {
  refuseEndOfDay(name)
  for (;;) {
    const read = (await schedules.read(name)) as UserSchedule | undefined
    const current = unlessDeleted(read)
    const decision = decide(current, read)
    checkPreconditions(request.preconditions, current?.version, 'DAYBOOK_SCHEDULE_CHANGED')
    if (decision === undefined) return { schedule: existing(name, current), action: undefined }
    const { changed, entry } = changeOf(name, read, decision, request)
    const schedule = await schedules.applyChange(name, read, changed, entry)
    if (schedule !== undefined) return { schedule, action: decision.action }
  }
}

/** The fields that a decision gives to a schedule, and its entry in the audit. */
function changeOf(
  name: string,
  read: UserSchedule | undefined,
  { action, definition }: NonNullable<Decision>,
  { by, now }: OperatorRequest,
) {
  const current = unlessDeleted(read)
  const state =
    action === 'deleted' && current !== undefined
      ? deletedState(current, now)
      : nextState(name, read, definition, now)
  const version = (read?.version ?? 0) + 1
  // The counts of a deleted schedule start again; its last slot, versions and audit continue.
  const stats = read?.stats && { ...read.stats, fired: 0, missed: 0, caughtUp: 0 }
  const changed = { version, ...state, ...(current === undefined ? { stats } : {}) }
  const entry: Change = { version, at: now, by, action, definition: state.definition }
  return { changed, entry }
}
