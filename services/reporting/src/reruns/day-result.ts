import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completions } from '../projection/completion-store.ts'
import { runId } from '../run-id.ts'
import type { LogsOfDays } from './logs-of-days-store.ts'
import type { DayResult, RerunDay } from './rerun-model.ts'

const MAX_FAILURES = 10

interface ResultDeps {
  completions: Pick<Completions, 'count' | 'ofUser'>
  userLogs: Pick<UserLogs, 'find' | 'countWritten' | 'countFailed'>
  logsOfDays: Pick<LogsOfDays, 'countChanged' | 'firstFailed'>
}

/** The result of a day on which nothing counts. */
export const emptyDay: DayResult = {
  how: 'empty',
  ...{ users: 0, completions: 0, written: 0, changed: 0, failed: 0 },
  failures: [],
}

/**
 * Reads from the records of the logs what became of them.
 * @param since logs whose bytes changed then or later have changed
 */
export function dayResult(
  day: RerunDay,
  { how, since }: { how: 'run' | 'again'; since: Date },
  deps: ResultDeps,
): Promise<DayResult> {
  return day.userId === undefined ? ofAll(day, how, since, deps) : ofUser(day, day.userId, how, since, deps)
}

async function ofAll(
  { day, timeZone }: RerunDay,
  how: DayResult['how'],
  since: Date,
  { completions, userLogs, logsOfDays }: ResultDeps,
): Promise<DayResult> {
  const run = runId(day, timeZone)
  const [counts, written, changed, failed, first] = await Promise.all([
    completions.count(day, timeZone),
    userLogs.countWritten(run),
    logsOfDays.countChanged(run, since),
    userLogs.countFailed(run),
    logsOfDays.firstFailed(run, MAX_FAILURES),
  ])
  const failures = first.map(({ userId, error = '' }) => ({ userId, error }))
  return { how, ...counts, written, changed, failed, failures }
}

async function ofUser(
  { day, timeZone }: RerunDay,
  userId: string,
  how: DayResult['how'],
  since: Date,
  { completions, userLogs }: ResultDeps,
): Promise<DayResult> {
  const [all, log] = await Promise.all([completions.ofUser(userId, day), userLogs.find(day, userId)])
  const count = all.filter(one => one.timeZone === timeZone).length
  const failed = log?.state === 'failed'
  return {
    how,
    users: count > 0 ? 1 : 0,
    completions: count,
    written: log?.state === 'written' ? 1 : 0,
    changed: log?.writtenAt != null && log.writtenAt >= since ? 1 : 0,
    failed: failed ? 1 : 0,
    failures: failed ? [{ userId, error: log.error ?? '' }] : [],
  }
}
