import { createHash } from 'node:crypto'
import { type DayAmended, eventReader } from '@daybook/shared/events'
import type { ConsumerOptions } from '@daybook/shared/kafka'
import { type EmbeddedEvent, outboxEntries, type Relay } from '@daybook/shared/outbox'
import type { Park } from '../dead-letters/dead-letters.ts'
import { readOrPark } from '../dead-letters/parse-or-park.ts'
import { writerGroup } from '../groups.ts'
import type { Completions } from '../projection/completions.ts'
import { runId } from '../run-id.ts'
import type { LogFiles } from './log-files.ts'
import { taskFileName, taskFileText, userLogText } from './log-format.ts'
import { type LogRequest, logRequestEvents, logRequestTopic, type WriteUserLog } from './log-requests.ts'
import { sideBySide } from './side-by-side.ts'
import { type UserLog, type UserLogs, userLogId } from './user-logs.ts'

/** Users written side by side: what takes the time is the disk's flush, and these share it. */
const AT_ONCE = 16

export interface WriterDeps {
  completions: Completions
  userLogs: UserLogs
  files: LogFiles
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  park: Park
  /** Whether each completed task gets a file of its own. */
  taskFiles: boolean
}

const read = eventReader<WriteUserLog>(logRequestEvents)

/** Consumes log requests and writes the user's whole day for each, so the files converge to what the events say. */
export function logWriter(deps: WriterDeps): ConsumerOptions {
  return {
    group: writerGroup,
    topic: logRequestTopic.name,
    async handle(messages, heartbeat) {
      const requests = onePerLog(
        (await readOrPark(messages, read, deps.park, heartbeat)).map(({ data }) => data),
      )
      await sideBySide(requests, AT_ONCE, request => writeUserLog(request, deps, heartbeat))
    },
    async park(message, error, attempts) {
      const reading = read(message)
      if (reading.status === 'event') {
        const { day, userId, timeZone } = reading.event.data
        await deps.userLogs.fail(day, userId, runId(day, timeZone), error)
      }
      await deps.park(message, error, attempts)
    },
  }
}

/** Keeps one request for each log, so that no two write it at once. The last of several requests does what the others ask for. */
function onePerLog(requests: LogRequest[]): LogRequest[] {
  const byLog = new Map<string, LogRequest>()
  for (const request of requests) {
    const id = userLogId(request.day, request.userId)
    byLog.set(id, { ...request, late: request.late || (byLog.get(id)?.late ?? false) })
  }
  return [...byLog.values()]
}

async function writeUserLog(
  request: LogRequest,
  deps: WriterDeps,
  heartbeat: () => Promise<void>,
): Promise<void> {
  const { completions, files, userLogs, relay, taskFiles } = deps
  for (;;) {
    await heartbeat()
    // Before the completions are read: whoever writes this day in between makes our replace fail, and we begin again.
    const known = await userLogs.find(request.day, request.userId)
    const done = await completions.ofUser(request.userId, request.day)
    if (known === undefined && done.length === 0) {
      await files.remove(request.day, request.userId)
      if (await isUntouched(request, deps)) return
      continue
    }
    const log = done.length > 0 ? userLogText(done) : null
    const tasks = taskFiles ? new Map(done.map(c => [taskFileName(c), taskFileText(c)])) : undefined
    await files.write(request.day, request.userId, { log, tasks }, heartbeat)
    const { next, amended } = recorded(request, known, log, done.length)
    if (!(await userLogs.replace(known, next))) continue
    if (amended) relay.offer([{ document: next._id, event: amended }])
    return
  }
}

/** Whether there is still nothing to write: if not, another writer's files may just have been removed. */
async function isUntouched(
  { day, userId }: LogRequest,
  { completions, userLogs }: WriterDeps,
): Promise<boolean> {
  return (
    (await userLogs.find(day, userId)) === undefined && (await completions.ofUser(userId, day)).length === 0
  )
}

interface Recorded {
  next: UserLog
  amended: DayAmended | undefined
}

function recorded(
  request: LogRequest,
  known: UserLog | undefined,
  log: string | null,
  completions: number,
): Recorded {
  const { day, userId, timeZone, late } = request
  const sha256 = log === null ? null : createHash('sha256').update(log).digest('hex')
  const changed = known === undefined || known.revision === 0 || known.sha256 !== sha256
  const revision = (known?.revision ?? 0) + (changed ? 1 : 0)
  const runs = [...new Set([...(known?.runs ?? []), runId(day, timeZone)])]
  const writtenAt = changed ? new Date() : (known?.writtenAt ?? null)
  const what = {
    day,
    userId,
    runs,
    state: 'written',
    revision,
    completions,
    sha256,
    writtenAt,
  } as const
  const next = { _id: userLogId(day, userId), ...what }
  // New bytes of a log that was there before, or of a day that was closed without it.
  if (!changed || (revision === 1 && !late)) return { next, amended: undefined }
  const amendedAt = new Date().toISOString()
  const amended: DayAmended = {
    id: `day-amended:${day}:${userId}:${revision}`,
    type: 'DayAmended',
    source: '/daybook/reporting',
    subject: day,
    time: amendedAt,
    data: { day, timeZone, amendedAt, userId, revision, completions, sha256 },
  }
  return { next: { ...next, outbox: outboxEntries([amended]) }, amended }
}
