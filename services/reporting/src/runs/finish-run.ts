import type { DayReported } from '@daybook/shared/events'
import { outboxEntries } from '@daybook/shared/outbox'
import type { Run } from './run.ts'
import type { RunDeps } from './run-steps.ts'

/** Ends a run: DayReported is stored with the state that it tells of, then handed to the relay. */
export async function finishRun(run: Run, lost: AbortSignal, deps: RunDeps): Promise<boolean> {
  const { runs, completions, userLogs, relay, log } = deps
  const { _id, day, timeZone, closingOffsets: coveredOffsets = {} } = run
  const counts = { users: 0, completions: 0, failures: await userLogs.failuresOf(_id) }
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
  const outbox = { $each: outboxEntries([event]) }
  if (!(await runs.update(run, { $set: { state: 'done', doneAt }, $push: { outbox } }))) return false
  relay.offer([{ document: _id, event }])
  log.info({ day, timeZone, ...counts }, 'day reported')
  return true
}
