import type { Failure } from '@daybook/shared/incidents/failure'
import { MAX_FAILURES, type Watched } from '@daybook/shared/incidents/watch-failures'
import type { Logger } from 'pino'
import { type Run, type WaitsFor, waitsFor } from './run-model.ts'
import type { Runs } from './run-store.ts'

const ABOUT = 'runs'
const LINK = 'What to do: docs/operations.md, "Runs that are not done". GET /runs of reporting lists them.'

const reasons: Record<WaitsFor, string> = {
  tasks: 'tasks has not published TasksPublished for it: a process of tasks must run and reach Kafka',
  projection: 'the group reporting-projection has not read daybook.tasks far enough',
  writers: 'its log files are not all written',
}

interface OverdueRun extends Failure, Pick<Run, 'day' | 'timeZone'> {
  waitsFor: WaitsFor
}

/**
 * The overdue runs as failures. A run that waits for something else than before is a new failure.
 * @param deadline how long a run may take, in milliseconds
 */
export function overdueRuns(runs: Pick<Runs, 'overdue'>, deadline: number, log: Logger): Watched<OverdueRun> {
  return {
    abouts: [ABOUT],
    async find(now) {
      const overdue = await runs.overdue(new Date(now.getTime() - deadline))
      return overdue
        .map(run => failureOf(run, deadline))
        .sort((a, b) => a.at.getTime() - b.at.getTime())
        .slice(-MAX_FAILURES)
    },
    logNew: ({ day, timeZone, waitsFor: why }) => {
      const message = `The run of ${day} in ${timeZone} is not done ${deadline / 1000} s after it was made: ${reasons[why]}`
      log.error({ code: 'DAYBOOK_RUN_OVERDUE', day, timeZone, waitsFor: why }, message)
    },
  }
}

/** The same error for all runs that wait for the same, so that they share one mail. */
function failureOf(run: Run, deadline: number): OverdueRun {
  const { day, timeZone, createdAt } = run
  const why = waitsFor(run)
  return {
    about: ABOUT,
    error: `A run is not done ${deadline / 1000} s after it was made: ${reasons[why]}`,
    subject: `${day} in ${timeZone}`,
    at: new Date(createdAt.getTime() + deadline),
    link: LINK,
    day,
    timeZone,
    waitsFor: why,
  }
}
