import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'
import { type WaitsFor, waitsFor } from './run-model.ts'
import type { Runs } from './run-store.ts'

const INTERVAL_MS = 10_000

const reasons: Record<WaitsFor, string> = {
  tasks: 'tasks has not published TasksPublished for it: a process of tasks must run and reach Kafka',
  projection: 'the group reporting-projection has not read daybook.tasks far enough',
  writers: 'its log files are not all written',
}

/**
 * Logs each overdue run, with what it waits for: once, and again when it waits for something else.
 * @param deadline how long a run may take, in milliseconds
 * @param fail called when the query fails for another reason than an outage
 */
export function watchOverdue(
  runs: Pick<Runs, 'overdue'>,
  deadline: number,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): Pick<Loop, 'stop'> {
  let logged = new Map<string, WaitsFor>()
  let isFirst = true

  async function logOverdue(): Promise<void> {
    const overdue = await runs.overdue(new Date(Date.now() - deadline))
    for (const run of overdue) {
      const { _id, day, timeZone } = run
      const why = waitsFor(run)
      if (logged.get(_id) === why) continue
      const message = `The run of ${day} in ${timeZone} is not done ${deadline / 1000} s after it was made: ${reasons[why]}`
      log.error({ code: 'DAYBOOK_RUN_OVERDUE', day, timeZone, waitsFor: why }, message)
    }
    logged = new Map(overdue.map(run => [run._id, waitsFor(run)]))
  }

  return startLoop(async () => {
    try {
      // The first turn checks nothing, because after a start the runs of a downtime are still to be done.
      if (!isFirst) await logOverdue()
      isFirst = false
    } catch (error) {
      if (!isOutage(error)) throw error
    }
    return INTERVAL_MS
  }, fail)
}
