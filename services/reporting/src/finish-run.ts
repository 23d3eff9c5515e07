import type { DayReported } from '@daybook/shared/events'
import { outboxEntries } from '@daybook/shared/outbox'
import type { Run } from './run.ts'
import type { RunDeps } from './run-steps.ts'

/** Ends a run: DayReported is stored with the state that it tells of, then handed to the relay. */
export async function finishRun(
  run: Run,
  { runs, completions, userLogs, relay, log }: RunDeps,
): Promise<void> {
  const { _id, day, timeZone, closingOffsets: coveredOffsets = {} } = run
  const counts = { users: 0, completions: 0, failures: await userLogs.failuresOf(_id) }
  for await (const user of completions.users(day, timeZone)) {
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
  const lease = { leaseOwner: '', leaseUntil: '' } as const
  const outbox = { $each: outboxEntries([event]) }
  if (
    await runs.update(_id, 'writing', { $set: { state: 'done', doneAt }, $unset: lease, $push: { outbox } })
  ) {
    relay.offer([{ document: _id, event }])
    log.info({ day, timeZone, ...counts }, 'day reported')
  }
}
