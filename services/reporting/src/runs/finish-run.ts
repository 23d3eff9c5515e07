import type { DayReported } from '@daybook/shared/events'
import type { Run } from './run-model.ts'
import type { RunDeps } from './run-steps.ts'

/** Finishes a run: stores DayReported together with the new state, then offers it to the relay. */
export async function finishRun(run: Run, lost: AbortSignal, deps: RunDeps): Promise<boolean> {
  const { runs, completions, userLogs, relay, log } = deps
  const { _id, day, timeZone, closingOffsets: coveredOffsets = {} } = run
  const counts = { users: 0, completions: 0, failures: await userLogs.countFailed(_id) }
  for await (const user of completions.users(day, timeZone)) {
    if (lost.aborted) return false
    counts.users += user.completions > 0 ? 1 : 0
    counts.completions += user.completions
  }
  const doneAt = new Date()
  const reportedAt = doneAt.toISOString()
  const event: DayReported = {
    id: `day-reported:${timeZone}:${day}`,
    type: 'DayReported',
    source: '/daybook/reporting',
    subject: day,
    time: reportedAt,
    data: { day, timeZone, reportedAt, ...counts, coveredOffsets },
  }
  if (!(await runs.markReported(run, doneAt, event))) return false
  relay.offer([{ document: _id, event }])
  log.info({ day, timeZone, ...counts }, 'day reported')
  return true
}
