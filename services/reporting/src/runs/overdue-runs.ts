import type { Failure } from '@daybook/shared/incidents/failure'
import { MAX_FAILURES, type Watched } from '@daybook/shared/incidents/watch-failures'
import type { Logger } from 'pino'
import { projectionGroup, rebuildGroup, writerGroup } from '../groups.ts'
import type { Generations } from '../projection/generation-store.ts'
import { type Run, type WaitsFor, waitsFor } from './run-model.ts'
import type { Runs } from './run-store.ts'

const ABOUT = 'runs'
const LINK = 'What to do: docs/operations.md, "Runs that are not done". GET /runs of reporting lists them.'

/** @param joining the generation of a rebuild for which runs wait, if there is one */
const reasonsOf = (joining: number | undefined): Record<WaitsFor, string> => ({
  tasks: 'tasks has not published TasksPublished for it: a process of tasks must run and reach Kafka',
  projection:
    joining === undefined
      ? `the group ${projectionGroup} has not read daybook.tasks far enough`
      : `a rebuild of the projection is becoming live, and the groups ${projectionGroup} and ${rebuildGroup(joining)} have not both read daybook.tasks far enough`,
  writers: `its log files are not all written: the group ${writerGroup} has not passed its requests, or some logs are written apart`,
})

interface OverdueRun extends Failure, Pick<Run, 'day' | 'timeZone'> {
  waitsFor: WaitsFor
  why: string
}

interface RunsToWatch {
  runs: Pick<Runs, 'overdue'>
  generations: Pick<Generations, 'joining'>
}

/**
 * The overdue runs as failures. A run that waits for something else than before is a new failure.
 * @param deadline how long a run may take, in milliseconds
 */
export function overdueRuns(
  { runs, generations }: RunsToWatch,
  deadline: number,
  log: Logger,
): Watched<OverdueRun> {
  return {
    abouts: [ABOUT],
    async find(now) {
      const overdue = await runs.overdue(new Date(now.getTime() - deadline))
      if (overdue.length === 0) return []
      const reasons = reasonsOf(await generations.joining())
      return overdue
        .map(run => failureOf(run, reasons, deadline))
        .sort((a, b) => a.at.getTime() - b.at.getTime())
        .slice(-MAX_FAILURES)
    },
    logNew: ({ day, timeZone, waitsFor, why }) => {
      const message = `The run of ${day} in ${timeZone} is not done ${deadline / 1000} s after it was made: ${why}`
      log.error({ code: 'DAYBOOK_RUN_OVERDUE', day, timeZone, waitsFor }, message)
    },
  }
}

/** The same error for all runs that wait for the same, so that they share one mail. */
function failureOf(run: Run, reasons: Record<WaitsFor, string>, deadline: number): OverdueRun {
  const { day, timeZone, createdAt } = run
  const waits = waitsFor(run)
  const why = reasons[waits]
  return {
    about: ABOUT,
    error: `A run is not done ${deadline / 1000} s after it was made: ${why}`,
    subject: `${day} in ${timeZone}`,
    id: run._id,
    at: new Date(createdAt.getTime() + deadline),
    link: LINK,
    day,
    timeZone,
    waitsFor: waits,
    why,
  }
}
