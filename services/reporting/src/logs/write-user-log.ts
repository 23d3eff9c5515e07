import { createHash } from 'node:crypto'
import type { DayAmended } from '@daybook/shared/events'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Completions } from '../projection/completion-store.ts'
import { runId } from '../run-id.ts'
import type { LogFiles } from './log-files.ts'
import { taskFileName, taskFileText, userLogText } from './log-format.ts'
import type { LogRequest } from './log-requests.ts'
import type { UserLog } from './user-log-model.ts'
import { type UserLogs, userLogId } from './user-log-store.ts'

export interface WriteDeps {
  completions: Completions
  userLogs: UserLogs
  files: LogFiles
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Whether each completed task gets a file of its own. */
  taskFiles: boolean
}

/**
 * Writes the files of a user's whole day from the projection, and records the log. Starts again when another writer has
 * recorded the same log in between.
 */
export async function writeUserLog(
  request: LogRequest,
  deps: WriteDeps,
  heartbeat: () => Promise<void>,
): Promise<void> {
  const { completions, files, userLogs, relay, taskFiles } = deps
  const { day, userId } = request
  for (;;) {
    await heartbeat()
    // The record is read before the completions: if another writer records this log in between, recordWritten refuses, and
    // the loop repeats.
    const known = await userLogs.find(day, userId)
    const done = await completions.ofUser(userId, day)
    if (known === undefined && done.length === 0) {
      await files.remove(day, userId)
      if (await isUntouched(request, deps)) return
      continue
    }
    const log = done.length > 0 ? userLogText(done) : null
    const tasks = taskFiles
      ? new Map(done.map(completion => [taskFileName(completion), taskFileText(completion)]))
      : undefined
    await files.write(day, userId, { log, tasks }, heartbeat)
    const { next, amended } = nextRecord(request, known, log, done.length)
    if (!(await userLogs.recordWritten(known, next, amended))) continue
    if (amended) relay.offer([{ document: next._id, event: amended }])
    return
  }
}

/** Whether there is still neither a record nor a completion. Otherwise the removed files may be those of another writer. */
async function isUntouched(
  { day, userId }: LogRequest,
  { completions, userLogs }: WriteDeps,
): Promise<boolean> {
  return (
    (await userLogs.find(day, userId)) === undefined && (await completions.ofUser(userId, day)).length === 0
  )
}

/** Makes the record of a written log, and the event if the log amends its day. */
function nextRecord(
  { day, userId, timeZone, late }: LogRequest,
  known: UserLog | undefined,
  log: string | null,
  completions: number,
): { next: UserLog; amended: DayAmended | undefined } {
  const sha256 = log === null ? null : createHash('sha256').update(log).digest('hex')
  const changed = known === undefined || known.revision === 0 || known.sha256 !== sha256
  const revision = (known?.revision ?? 0) + (changed ? 1 : 0)
  const runs = [...new Set([...(known?.runs ?? []), runId(day, timeZone)])]
  const writtenAt = changed ? new Date() : (known?.writtenAt ?? null)
  const written = { day, userId, runs, state: 'written', revision, completions, sha256, writtenAt } as const
  // A log amends its day when its bytes changed, or when the day was closed without it.
  const amends = changed && (revision > 1 || late)
  return {
    next: { _id: userLogId(day, userId), ...written },
    amended: amends ? amendedEvent({ day, timeZone, userId, revision, completions, sha256 }) : undefined,
  }
}

function amendedEvent(data: Omit<DayAmended['data'], 'amendedAt'>): DayAmended {
  const { day, timeZone, userId, revision, completions, sha256 } = data
  const amendedAt = new Date().toISOString()
  return {
    id: `day-amended:${day}:${userId}:${revision}`,
    type: 'DayAmended',
    source: '/daybook/reporting',
    subject: day,
    time: amendedAt,
    data: { day, timeZone, amendedAt, userId, revision, completions, sha256 },
  }
}
