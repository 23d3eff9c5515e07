import { DaybookError } from '@daybook/shared/failures/errors'
import { checkPreconditions, type Preconditions } from '@daybook/shared/http'
import { isDuplicateKey } from '@daybook/shared/mongo/connect-mongo'
import type { mongo } from 'mongoose'
import { type Definition, definitionOf } from '../definitions/definition.ts'
import { refuseAt, refuseToResume } from './never-fires.ts'
import { deletedState, nextState, unlessDeleted } from './next-state.ts'
import { type Change, isEndOfDay, type Schedule, type UserSchedule } from './schedule.ts'
import { light, type Schedules } from './schedule-store.ts'
import { setting } from './update.ts'

/** Who asks for a change, and when. */
export interface Asking {
  by: string
  now: Date
  preconditions: Preconditions
}

/** What is to be done, undefined when nothing is. */
type Decision = { action: Change['action']; definition: Definition } | undefined

interface Outcome {
  schedule: UserSchedule
  /** Undefined when nothing had to be changed. */
  action: Change['action'] | undefined
}

const MOST_CHANGES = 200

/** Makes a schedule, or gives it another definition. */
export const putSchedule = (schedules: Schedules, name: string, definition: Definition, asking: Asking) =>
  change(schedules, name, asking, (current, read) => {
    refuseAt(name, read, definition, asking.now)
    const isSame = current && JSON.stringify(definitionOf(current)) === JSON.stringify(definition)
    if (isSame) return undefined
    return { action: current === undefined ? 'created' : 'changed', definition }
  })

/** Pauses or resumes a schedule; one that would never fire is not resumed. */
export const setPaused = (schedules: Schedules, name: string, paused: boolean, asking: Asking) =>
  change(schedules, name, asking, current => {
    const schedule = existing(name, current)
    const definition = { ...definitionOf(schedule), paused }
    if (definitionOf(schedule).paused === paused) return undefined
    if (!paused) refuseToResume(schedule, definition, asking.now)
    return { action: paused ? 'paused' : 'resumed', definition }
  })

/** Deletes a schedule; what it has fired is published all the same. */
export const deleteSchedule = (schedules: Schedules, name: string, asking: Asking) =>
  change(schedules, name, asking, current => ({
    action: 'deleted',
    definition: definitionOf(existing(name, current)),
  }))

/** @throws DaybookError DAYBOOK_SCHEDULE_NOT_FOUND */
export function existing<T>(name: string, schedule: T | undefined): T {
  if (schedule !== undefined) return schedule
  throw new DaybookError(
    'DAYBOOK_SCHEDULE_NOT_FOUND',
    `There is no schedule ${name}; GET /schedules lists them`,
  )
}

/** @throws DaybookError DAYBOOK_SCHEDULE_BUILTIN for the name of an end-of-day schedule */
export function refuseEndOfDay(name: string): void {
  if (!isEndOfDay(name)) return
  const detail = `${name} ends days as the setting TIME_ZONES says: change that, or end a day with POST /end-of-day`
  throw new DaybookError('DAYBOOK_SCHEDULE_BUILTIN', detail)
}

/** Changes a schedule by a compare-and-set on what was decided on; whoever loses a race decides again. */
async function change(
  schedules: Schedules,
  name: string,
  asking: Asking,
  decide: (current: UserSchedule | undefined, read: UserSchedule | undefined) => Decision,
): Promise<Outcome> {
  refuseEndOfDay(name)
  for (;;) {
    const read = (await schedules.read(name)) as UserSchedule | undefined
    const current = unlessDeleted(read)
    const decision = decide(current, read)
    checkPreconditions(asking.preconditions, current?.version, 'DAYBOOK_SCHEDULE_CHANGED')
    if (decision === undefined) return { schedule: existing(name, current), action: undefined }
    const schedule = await write(schedules, name, read, decision, asking)
    if (schedule !== undefined) return { schedule, action: decision.action }
  }
}

/** @returns the schedule as it is written, without its audit; undefined when somebody else was first */
async function write(
  { collection }: Schedules,
  name: string,
  read: UserSchedule | undefined,
  { action, definition }: NonNullable<Decision>,
  { by, now }: Asking,
): Promise<UserSchedule | undefined> {
  const current = unlessDeleted(read)
  const state =
    action === 'deleted' && current !== undefined
      ? deletedState(current, now)
      : nextState(name, read, definition, now)
  const version = (read?.version ?? 0) + 1
  // What is counted begins anew with it; the last slot, versions and audit go on.
  const stats = read?.stats && { ...read.stats, fired: 0, missed: 0, caughtUp: 0 }
  const fields = { kind: 'user', version, ...state, ...(current === undefined ? { stats } : {}) }
  const entry: Change = { version, at: now, by, action, definition: state.definition }
  const where =
    read === undefined
      ? { version: { $exists: false } }
      : { version: read.version, nextSlot: read.nextSlot ?? { $exists: false } }
  try {
    const written = await collection.findOneAndUpdate(
      { _id: name, ...where },
      {
        ...setting(fields),
        $push: { changes: { $each: [entry], $slice: -MOST_CHANGES } },
      } as mongo.UpdateFilter<Schedule>,
      { upsert: read === undefined, returnDocument: 'after', ...light },
    )
    return (written ?? undefined) as UserSchedule | undefined
  } catch (error) {
    if (isDuplicateKey(error)) return undefined
    throw error
  }
}
