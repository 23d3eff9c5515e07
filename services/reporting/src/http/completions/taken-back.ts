import { TaskId, TimeZone } from '@daybook/shared/events'
import { type Static, Type } from 'typebox'
import type { ShownTakenBack } from '../../projection-reads/user-days-store.ts'
import type { Run } from '../../runs/run-model.ts'
import { isLate } from './is-late.ts'

const MAX_SHOWN = 100

/** The schema of the completions that were taken back after their day was closed. */
export const TakenBackLate = Type.Array(
  Type.Object(
    { taskId: TaskId, timeZone: TimeZone('The time zone in which the completion counted') },
    { title: 'TakenBackCompletion' },
  ),
  {
    description: `The newest ${MAX_SHOWN} completions that were taken back after the day was closed, because their tasks were reopened; only on the first page. The names of their tasks are not stored: GET /tasks/{id}/history of the tasks service has what became of them`,
  },
)

/** Those of the completions that were taken back after their day was closed. @param runs of the day */
export const takenBackLate = (
  takenBack: readonly ShownTakenBack[],
  runs: readonly Run[],
): Static<typeof TakenBackLate> =>
  takenBack
    .filter(
      ({ at, timeZone }) =>
        isLate(
          at,
          runs.find(run => run.timeZone === timeZone),
        ) === true,
    )
    .slice(0, MAX_SHOWN)
    .map(({ taskId, timeZone }) => ({ taskId, timeZone }))
