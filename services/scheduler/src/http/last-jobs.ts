import type { Static } from 'typebox'
import { definitionOf } from '../definitions/definition.ts'
import { apiStateOf } from '../jobs/queries/job-filter.ts'
import type { JobReader } from '../jobs/queries/job-reader-store.ts'
import type { Schedule } from '../schedules/schedule.ts'
import { firingId } from '../schedules/schedule-name.ts'
import type { LastJob } from './schemas.ts'

/** Reads the states of jobs. */
export type JobStates = Pick<JobReader, 'states'>

/**
 * Finds the jobs that the last slots of schedules have added.
 * @param jobs absent: the scheduler has no jobs
 * @returns by the name of the schedule; without the jobs that have been removed because of their age
 */
export async function lastJobsOf(
  schedules: readonly Schedule[],
  jobs: JobStates | undefined,
): Promise<Map<string, Static<typeof LastJob>>> {
  const ids = new Map(schedules.flatMap(schedule => lastJobOf(schedule) ?? []))
  if (jobs === undefined || ids.size === 0) return new Map()
  const states = await jobs.states([...ids.values()])
  return new Map(
    [...ids].flatMap(([name, id]) => {
      const state = states.get(id)
      return state === undefined ? [] : [[name, { id, state: apiStateOf(state) }] as const]
    }),
  )
}

/** The name of a schedule with the id of the job of its last slot, in a list. */
function lastJobOf(schedule: Schedule): [string, string][] | undefined {
  const { lastSlot } = schedule.stats ?? {}
  if (schedule.kind !== 'user' || lastSlot === undefined) return undefined
  if (definitionOf(schedule).job === undefined) return undefined
  return [[schedule._id, firingId(schedule._id, lastSlot.toISOString())]]
}
