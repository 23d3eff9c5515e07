import { traced, traceOf } from '@daybook/shared/events'
import { type Offsets, offsetsToJson } from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import type { Completions } from '../projection/completion-store.ts'
import { dayInZone, runId } from '../run-id.ts'
import { amendment } from './amendments/day-amended.ts'
import { withAmendment } from './amendments/log-amendment.ts'
import { type DayTexts, textsOf } from './day-texts.ts'
import { sha256Of } from './digests.ts'
import type { LogFiles } from './log-files.ts'
import type { LogRequest } from './log-requests.ts'
import { type KnownLog, type UserLogs, userLogId, type WrittenLog } from './user-log-store.ts'
import { whileBeating } from './while-beating.ts'

export interface WriteDeps {
  completions: Completions
  userLogs: UserLogs
  files: LogFiles
  /** See `projectionPosition`. */
  projectedOffsets: () => Promise<Offsets>
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Removes the dead letters of requests for these logs. */
  removeLetters: (logs: readonly Pick<LogRequest, 'day' | 'userId'>[]) => Promise<void>
  /** Whether each completed task gets a file of its own. */
  taskFiles: boolean
  /** Waits until so many files may be written, see `Pace`. */
  pace: { wait: (files: number, heartbeat: () => Promise<void>) => Promise<void> }
  /** How long writing the files of a log may take, in milliseconds, for each 2,500 completions that it begins. */
  logTimeLimit: number
  log: Pick<Logger, 'debug' | 'warn'>
}

/** How logs are written. */
export interface Writing {
  heartbeat: () => Promise<void>
  /** Whether the logs of users with 2,500 completions or more are left unwritten. */
  leavesLarge: boolean
}

/** A request with the files that it asks for. */
interface UserDay extends DayTexts {
  request: LogRequest
}

/** A request whose log is not written: it failed, or there is no error and the log is large. */
export interface LeftRequest {
  request: LogRequest
  error: Error | undefined
}

/** A log that was written, for a request. */
interface Written extends WrittenLog {
  request: LogRequest
}

/** What is read before the completions. */
interface Before {
  /** By log, the runs that request it: those of several time zones may be among the requests. */
  runs: Map<string, string[]>
  /** The records of the logs by id. */
  known: Map<string, KnownLog>
  /** Where daybook.tasks is covered by the completions; undefined when no log can amend its day. */
  coveredOffsets: Record<string, string> | undefined
}

/** How many completions have their texts in memory: more only for a single user. Their files are flushed at once. */
const COMPLETIONS_AT_ONCE = 2500

/**
 * Writes the files of users' whole days from the projection, and records the logs. Writes a log again when another writer has
 * recorded it in between. The end of the work by a heartbeat leaves no log between its files and its record, nor one that has to
 * be written again: another writer may have handled its request meanwhile.
 * @returns the requests whose logs are not written; all others are done
 */
export async function writeUserLogs(
  requests: LogRequest[],
  deps: WriteDeps,
  writing: Writing,
): Promise<LeftRequest[]> {
  const unbroken = () => writing.heartbeat().catch(() => undefined)
  let heartbeat = writing.heartbeat
  const unwritten: LeftRequest[] = []
  const runs = runsByLog(requests)
  let left = onePerLog(requests)
  while (left.length > 0) {
    await heartbeat()
    const before = { runs, ...(await readBefore(left, deps)) }
    const again: LogRequest[] = []
    const leave = writing.leavesLarge
      ? (request: LogRequest) => void unwritten.push({ request, error: undefined })
      : undefined
    for await (const days of inParts(left, before.known, { ...deps, leave })) {
      await heartbeat()
      const { written, failures } = await writeFiles(days, before, deps, { heartbeat, unbroken })
      unwritten.push(...failures)
      await unbroken()
      again.push(...(await record(written, deps)))
      if (again.length > 0) heartbeat = unbroken
    }
    left = again
  }
  return unwritten
}

/**
 * Reads what must be read before the completions. If another writer records one of these logs in between, recordWritten refuses, and
 * the loop repeats. And what the projection has passed now is among the completions.
 */
async function readBefore(
  requests: LogRequest[],
  { userLogs, projectedOffsets }: WriteDeps,
): Promise<Omit<Before, 'runs'>> {
  const known = await userLogs.findAll(requests.map(idOf))
  const mayAmend =
    requests.some(request => request.late || isAgain(request)) ||
    [...known.values()].some(({ revision }) => revision > 0)
  return { known, coveredOffsets: mayAmend ? offsetsToJson(await projectedOffsets()) : undefined }
}

/**
 * Keeps the last request for each log, so that no log is written twice at the same time. The kept request is late, or asks to
 * write again, if any request for its log does.
 */
function onePerLog(requests: LogRequest[]): LogRequest[] {
  const byLog = new Map<string, LogRequest>()
  for (const request of requests) {
    const id = idOf(request)
    const other = byLog.get(id)
    const late = request.late || (other?.late ?? false)
    const again = isAgain(request) || (other !== undefined && isAgain(other))
    const erased = request.erased || (other?.erased ?? false)
    const cause = traced(request.traceparent ?? other?.traceparent)
    byLog.set(id, { ...request, late, again, erased, ...cause })
  }
  return [...byLog.values()]
}

const isAgain = ({ again = false }: LogRequest) => again

function runsByLog(requests: LogRequest[]): Map<string, string[]> {
  const runs = new Map<string, string[]>()
  for (const request of requests)
    runs.set(idOf(request), [...(runs.get(idOf(request)) ?? []), runId(request.day, request.timeZone)])
  return runs
}

/** What log lines have of a request. */
export const logged = (request: LogRequest): { day: string; user: string; trace?: string } => ({
  day: request.day,
  user: request.userId,
  ...traceOf(request),
})

/** The id of the log that a request asks for. */
export const idOf = ({ day, userId }: LogRequest): string => userLogId(day, userId)

/** Divides requests into parts, with their files. @param deps.leave gets the requests of large logs, which are in no part */
async function* inParts(
  requests: LogRequest[],
  known: Map<string, KnownLog>,
  { leave, ...deps }: WriteDeps & { leave: ((large: LogRequest) => void) | undefined },
): AsyncGenerator<UserDay[]> {
  const left = new Map(requests.map(request => [idOf(request), request]))
  const taken = (id: string) => {
    const request = left.get(id)
    left.delete(id)
    return request
  }
  const onLarge = leave && ((id: string) => [taken(id) ?? []].flat().forEach(leave))
  let part: UserDay[] = []
  let size = 0
  for await (const [id, texts] of textsOf(requests, { ...deps, onLarge })) {
    const request = taken(id)
    if (request === undefined) continue
    if (size > 0 && size + texts.completions > COMPLETIONS_AT_ONCE) {
      yield part
      part = []
      size = 0
    }
    part.push({ request, ...texts })
    size += texts.completions
  }
  const nothing = [...left].map(([id, request]): UserDay => {
    // The files of a log without a record are those of a killed writer.
    const tasks = deps.taskFiles || !known.has(id) ? new Map<string, string>() : undefined
    return { request, log: null, completions: 0, tasks, taskFiles: null, timeZones: new Set() }
  })
  if (part.length + nothing.length > 0) yield [...part, ...nothing]
}

async function writeFiles(
  days: UserDay[],
  before: Before,
  { files, pace, logTimeLimit }: WriteDeps,
  { heartbeat, unbroken }: { heartbeat: () => Promise<void>; unbroken: () => Promise<void> },
): Promise<{ written: Written[]; failures: LeftRequest[] }> {
  const toWrite = days.map(({ request, log, tasks }) => {
    const { day, userId } = request
    // Without TASK_FILES nobody writes task files of earlier settings again, so those with erased text are removed.
    const wanted = tasks ?? (request.erased ? new Map<string, string>() : undefined)
    return { day, userId, log, tasks: wanted, whole: isAgain(request) }
  })
  const completions = days.reduce((sum, day) => sum + day.completions, 0)
  const limit = logTimeLimit * Math.max(1, Math.ceil(completions / COMPLETIONS_AT_ONCE))
  await pace.wait(
    days.reduce((sum, { tasks }) => sum + 1 + (tasks?.size ?? 0), 0),
    heartbeat,
  )
  const errors = await whileBeating(files.write(toWrite, limit), unbroken)
  return {
    written: days.flatMap((day, i) => (errors[i] === undefined ? nextRecord(day, before) : [])),
    failures: days.flatMap(({ request }, i) =>
      errors[i] === undefined ? [] : { request, error: errors[i] },
    ),
  }
}

/** Records logs. @returns the requests to be handled again */
async function record(written: Written[], deps: WriteDeps): Promise<LogRequest[]> {
  const isEmpty = ({ known, next }: Written) => known === undefined && next.sha256 === null
  const { nothing = [], logs = [] } = Object.groupBy(written, one => (isEmpty(one) ? 'nothing' : 'logs'))
  // Before they are recorded: after a crash in between, the logs are written again, and this is done again.
  const repaired = logs.filter(({ known }) => known?.state === 'failed')
  if (repaired.length > 0) await deps.removeLetters(repaired.map(({ request }) => request))
  const refused = new Set(await deps.userLogs.recordWritten(logs))
  const stored = logs.filter(one => !refused.has(one))
  deps.relay.offer(
    stored.flatMap(({ next, amended }) => (amended ? { document: next._id, event: amended } : [])),
  )
  for (const { request, next, amended } of stored)
    if (amended) deps.log.debug({ ...logged(request), revision: next.revision }, 'a log is amended')
  const again = [...[...refused].map(({ request }) => request), ...(await touched(nothing, deps))]
  return [...again, ...(await emptied(stored, deps))]
}

/** The requests that found nothing, and for which there is a record or a completion now: another writer's files may be removed. */
async function touched(nothing: Written[], { completions, userLogs }: WriteDeps): Promise<LogRequest[]> {
  if (nothing.length === 0) return []
  const requests = nothing.map(({ request }) => request)
  const found = new Set((await userLogs.findAll(requests.map(idOf))).keys())
  for (const { day, userId } of await completions.nonEmpty(requests)) found.add(userLogId(day, userId))
  return requests.filter(request => found.has(idOf(request)))
}

/**
 * The requests whose logs got their first record, and have no completion any more. A writer that found nothing meanwhile has left
 * no record that could refuse this one. Both look again after their last write, so one of them sees the other.
 */
async function emptied(stored: Written[], { completions }: WriteDeps): Promise<LogRequest[]> {
  const requests = stored.filter(({ known }) => known === undefined).map(({ request }) => request)
  if (requests.length === 0) return []
  const nonEmpty = await completions.nonEmpty(requests)
  const found = new Set(nonEmpty.map(({ day, userId }) => userLogId(day, userId)))
  return requests.filter(request => !found.has(idOf(request)))
}

/** Makes the record of a written log, and the event if the log amends its day. */
function nextRecord(written: UserDay, before: Before): Written {
  const { request, log, completions, taskFiles } = written
  const { day, userId } = request
  const known = before.known.get(idOf(request))
  const sha256 = log === null ? null : sha256Of(log)
  const changed = known === undefined || known.revision === 0 || known.sha256 !== sha256
  const revision = (known?.revision ?? 0) + (changed ? 1 : 0)
  const content = { completions, sha256, taskFiles }
  const joining = joiningRuns(written, changed, before)
  const writtenAt = new Date()
  const next: KnownLog = {
    ...{ _id: userLogId(day, userId), day, userId, state: 'written', revision, ...content },
    runs: [...(known?.runs ?? []), ...joining],
    writtenAt: changed ? writtenAt : (known?.writtenAt ?? null),
    ...(changed && withAmendment(known, { revision, completions, writtenAt }, request)),
  }
  const amending = { day, userId, revision, ...content, coveredOffsets: before.coveredOffsets ?? {} }
  return { request, known, next, amended: amendment(amending, request, { changed, joining }) }
}

/**
 * The runs that the record of a log does not name yet. A late request that changes nothing adds its run only if the log has a
 * completion of its time zone: the completion may have been taken back meanwhile.
 */
function joiningRuns({ request, timeZones }: UserDay, changed: boolean, { known, runs }: Before): string[] {
  const named = new Set(known.get(idOf(request))?.runs)
  const asking = [...new Set(runs.get(idOf(request)))].filter(run => !named.has(run))
  return changed || !request.late ? asking : asking.filter(run => timeZones.has(dayInZone(run).timeZone))
}
