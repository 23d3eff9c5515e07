import { concurrently } from '../concurrently.ts'
import { textsOf } from '../logs/day-texts.ts'
import { sha256Of } from '../logs/digests.ts'
import type { LogFiles } from '../logs/log-files.ts'
import { type KnownLog, type UserLogs, userLogId } from '../logs/user-log-store.ts'
import type { LogAgeStore } from '../old-days/log-ages-store.ts'
import type { Completions } from '../projection/completion-store.ts'
import { type DayInZone, runId } from '../run-id.ts'
import type { Runs } from '../runs/run-store.ts'
import type { LogsOfDays } from './logs-of-days-store.ts'
import type { DayResult, Rerun } from './rerun-model.ts'

/** Why a rerun would write a log with effect. */
export const reasons = ['new', 'content', 'missing', 'damaged', 'failed'] as const

export interface Difference {
  userId: string
  why: (typeof reasons)[number]
}

/** What a rerun would do on a day. */
export interface PlannedDay extends DayInZone, Omit<DayResult, 'failures'> {
  /** How many logs were compared. */
  compared: number
  /** How many of them have no file, or one with other bytes than their record says. */
  restored: number
  differences: Difference[]
}

export interface DryRunDeps {
  runs: Pick<Runs, 'find'>
  completions: Completions
  userLogs: Pick<UserLogs, 'findAll'>
  logsOfDays: Pick<LogsOfDays, 'failedUsers'>
  files: Pick<LogFiles, 'read'>
  logAges: Pick<LogAgeStore, 'read'>
}

/** The most logs that one dry run compares, and the most differences that it names. */
const MAX_COMPARED = 10_000
const MAX_NAMED = 100
const LOGS_AT_ONCE = 200
const FILES_AT_ONCE = 16

/** Finds out what a rerun would do. It changes nothing. Beyond 10,000 logs it only counts. */
export async function dryRun(
  days: DayInZone[],
  wanted: Pick<Rerun, 'userId' | 'onlyFailed'>,
  deps: DryRunDeps,
): Promise<PlannedDay[]> {
  const found = await deps.runs.find(days.map(({ day, timeZone }) => runId(day, timeZone)))
  const done = new Set(found.filter(({ state }) => state === 'done').map(({ _id }) => _id))
  const planned: PlannedDay[] = []
  let [left, named] = [MAX_COMPARED, MAX_NAMED]
  for (const { day, timeZone } of days) {
    const counts = await countsOf({ day, timeZone }, wanted.userId, deps)
    const isReported = done.has(runId(day, timeZone))
    const how = isReported ? 'again' : counts.completions > 0 ? 'run' : 'empty'
    const one: PlannedDay = { day, timeZone, how, ...counts, ...nothing, differences: [] }
    // The run of a day is about all users.
    const users = await usersOf(one, isReported ? wanted : {}, deps)
    if (how !== 'empty') await compare(one, users, { left, named }, deps)
    left -= one.compared
    named -= one.differences.length
    planned.push(one)
  }
  return planned
}

async function usersOf(
  { day, timeZone }: DayInZone,
  { userId, onlyFailed }: Pick<Rerun, 'userId' | 'onlyFailed'>,
  { completions, logsOfDays }: DryRunDeps,
): Promise<AsyncIterable<string> | Iterable<string>> {
  if (userId !== undefined) return [userId]
  return onlyFailed ? logsOfDays.failedUsers(runId(day, timeZone)) : completions.users(day, timeZone)
}

const nothing = { written: 0, changed: 0, failed: 0, compared: 0, restored: 0 }

async function countsOf(
  { day, timeZone }: DayInZone,
  userId: string | undefined,
  { completions }: DryRunDeps,
): Promise<{ users: number; completions: number }> {
  if (userId === undefined) return completions.count(day, timeZone)
  const count = (await completions.ofUser(userId, day)).filter(one => one.timeZone === timeZone).length
  return { users: Math.min(count, 1), completions: count }
}

async function compare(
  planned: PlannedDay,
  users: AsyncIterable<string> | Iterable<string>,
  { left, named }: { left: number; named: number },
  deps: DryRunDeps,
): Promise<void> {
  let some: string[] = []
  const compareSome = async () => {
    for (const difference of await differencesOf(planned.day, some, deps)) {
      const isRestored = difference.why === 'missing' || difference.why === 'damaged'
      if (isRestored) planned.restored += 1
      else planned.changed += 1
      if (planned.differences.length < named) planned.differences.push(difference)
    }
    planned.compared += some.length
    some = []
  }
  let isCut = false
  for await (const user of users) {
    isCut = planned.compared + some.length === left
    if (isCut) break
    some.push(user)
    if (some.length === LOGS_AT_ONCE) await compareSome()
  }
  await compareSome()
  const all = Array.isArray(users) ? users.length : planned.users
  planned.written = isCut ? Math.max(all, planned.compared) : planned.compared
}

async function differencesOf(day: string, users: string[], deps: DryRunDeps): Promise<Difference[]> {
  const { completions, userLogs } = deps
  const requests = users.map(userId => ({ userId, day, timeZone: '', late: false }))
  const known = await userLogs.findAll(users.map(userId => userLogId(day, userId)))
  const texts = new Map<string, string>()
  for await (const [id, { log }] of textsOf(requests, { completions, taskFiles: false, onLarge: undefined }))
    if (log !== null) texts.set(id, sha256Of(log))
  const digests = await fileDigests(day, users, deps)
  return users.flatMap(userId => {
    const id = userLogId(day, userId)
    const why = reasonOf(known.get(id), texts.get(id) ?? null, digests?.get(userId))
    return why === undefined ? [] : { userId, why }
  })
}

/** @returns the SHA-256 of the log files by user, null for a missing file; undefined when the day has none any more because of its age */
async function fileDigests(
  day: string,
  users: string[],
  { files, logAges }: DryRunDeps,
): Promise<Map<string, string | null> | undefined> {
  if (day <= (await logAges.read()).removedThrough) return undefined
  const digests = new Map<string, string | null>()
  await concurrently(users, FILES_AT_ONCE, async userId => {
    const file = await files.read(day, userId)
    digests.set(userId, file === undefined ? null : sha256Of(file))
  })
  return digests
}

/**
 * @param wanted the SHA-256 that the log would have; null without completions
 * @param file that of the file; null for a missing file, undefined if there is to be none
 */
function reasonOf(
  known: KnownLog | undefined,
  wanted: string | null,
  file: string | null | undefined,
): Difference['why'] | undefined {
  if (known?.state === 'failed') return 'failed'
  if (known === undefined && wanted !== null) return 'new'
  if (known !== undefined && known.sha256 !== wanted) return 'content'
  if (file === undefined || file === wanted) return undefined
  return file === null ? 'missing' : 'damaged'
}
