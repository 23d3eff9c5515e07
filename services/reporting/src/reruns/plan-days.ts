import { DaybookError } from '@daybook/shared/failures/errors'
import { currentTimeZone, dayOf, endOfDay } from '@daybook/shared/time/days'
import { concurrently } from '../concurrently.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completions } from '../projection/completion-store.ts'
import { type DayInZone, dayInZone, runId } from '../run-id.ts'
import type { Runs } from '../runs/run-store.ts'
import type { LogsOfDays } from './logs-of-days-store.ts'
import { MAX_DAYS } from './rerun-store.ts'

/** What an operator wants to have written again. */
export interface Wanted {
  /** All days, in their order. */
  days: string[]
  /** The only time zone; absent: all in which something was completed or a run exists. */
  timeZone: string | undefined
  userId: string | undefined
  /** The time zone that says whether a day is over on which nothing was completed. */
  ownTimeZone: string
}

export interface PlanDeps {
  completions: Pick<Completions, 'zones' | 'ofUser'>
  userLogs: Pick<UserLogs, 'find'>
  logsOfDays: Pick<LogsOfDays, 'zones'>
  runs: Pick<Runs, 'find'>
}

// How many days are looked up at once.
const MAX_CONCURRENT = 16
// How many days an error names.
const NAMED = 5

/**
 * Returns the days in time zones that a rerun is about.
 * @throws DaybookError DAYBOOK_DAY_NOT_OVER when one of them is not over, and has no run by hand either;
 *   DAYBOOK_REQUEST_INVALID when they are too many
 */
export async function planDays(wanted: Wanted, deps: PlanDeps): Promise<DayInZone[]> {
  const planned = await zonesOf(wanted, deps)
  if (planned.length > MAX_DAYS) {
    const detail = `is about ${planned.length} days in time zones, and at most ${MAX_DAYS} are allowed: name fewer days, or one timeZone`
    throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'Order the days in parts', {
      faults: [{ pointer: '', detail }],
    })
  }
  await refuseOpenDays(wanted, planned, deps)
  return planned
}

async function zonesOf({ days, timeZone, userId }: Wanted, deps: PlanDeps): Promise<DayInZone[]> {
  if (timeZone !== undefined) return days.map(day => ({ day, timeZone }))
  const found: DayInZone[] = []
  await concurrently(days, MAX_CONCURRENT, async day => {
    const zones = userId === undefined ? await zonesOfAll(day, deps) : await zonesOfUser(day, userId, deps)
    for (const zone of new Set(zones.map(currentTimeZone))) found.push({ day, timeZone: zone })
  })
  return found.sort((a, b) => (runId(a.day, a.timeZone) < runId(b.day, b.timeZone) ? -1 : 1))
}

async function zonesOfAll(day: string, { completions, logsOfDays }: PlanDeps): Promise<string[]> {
  return [...(await completions.zones(day)), ...(await logsOfDays.zones(day))]
}

/** The time zones of what the user has completed, and of the runs that have written the user's log. */
async function zonesOfUser(
  day: string,
  userId: string,
  { completions, userLogs }: PlanDeps,
): Promise<string[]> {
  const [done, log] = [await completions.ofUser(userId, day), await userLogs.find(day, userId)]
  return [...done, ...(log?.runs ?? []).map(dayInZone)].map(({ timeZone }) => timeZone)
}

async function refuseOpenDays(
  { days, ownTimeZone }: Wanted,
  planned: DayInZone[],
  { runs }: PlanDeps,
): Promise<void> {
  const now = new Date()
  const known = new Set(planned.map(({ day }) => day))
  const nowhere = days.filter(day => !known.has(day)).map(day => ({ day, timeZone: ownTimeZone }))
  const open = [...planned, ...nowhere].filter(one => !isOver(one, now))
  if (open.length === 0) return
  // An operator may have ended a day early.
  const ids = open.map(({ day, timeZone }) => runId(day, timeZone))
  const ended = new Set((await runs.find(ids)).map(({ _id }) => _id))
  const left = open.filter(({ day, timeZone }) => !ended.has(runId(day, timeZone)))
  if (left.length === 0) return
  const named = left.slice(0, NAMED).map(({ day, timeZone }) => `${day} in ${timeZone}`)
  const more = left.length > NAMED ? `, and ${left.length - NAMED} more` : ''
  throw new DaybookError(
    'DAYBOOK_DAY_NOT_OVER',
    `Nothing was ordered. Not over: ${named.join(', ')}${more}. Order earlier days, or name a timeZone in which they are over`,
  )
}

/** Whether a day is over in a time zone. The first comparison spares the search for the end of days far away. */
export const isOver = ({ day, timeZone }: DayInZone, now: Date): boolean =>
  day < dayOf(now, timeZone) && endOfDay(day, timeZone) <= now
