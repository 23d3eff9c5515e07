import { currentTimeZone } from '@daybook/shared/time/days'
import type { Amend } from '../projection/projector.ts'
import { runId } from '../run-id.ts'
import type { ClosedDays, ClosedZone } from '../runs/closed-day-store.ts'
import type { Run } from '../runs/run-model.ts'
import type { Runs } from '../runs/run-store.ts'
import { adoptCompletions, amendAll } from './adopt-completions.ts'
import type { RenamedCompletions } from './renamed-completion-store.ts'
import type { RenamedRuns } from './renamed-run-store.ts'

export interface RenamedDeps {
  runs: Runs
  closedDays: ClosedDays
  renamedRuns: RenamedRuns
  completions: RenamedCompletions
  amend: Amend
  /** Tells the run loop that there is a run to advance. */
  wakeRuns: () => void
}

/** The argument `since` of `adoptRenamed` that adopts all days. */
export const EVERY_DAY = ''

/**
 * Moves data that earlier versions store under older names of time zones (`Asia/Calcutta`) to the current names. An earlier
 * version that runs beside this version continues to write under older names. It treats the two names as two zones: its run
 * of a day lists only the completions under the name of the run. The order of the steps ensures that each completion of a
 * closed day is listed or found late, even if either version writes documents in between. Every step can be repeated.
 * @param since the first day to adopt, or `EVERY_DAY`
 */
export async function adoptRenamed(deps: RenamedDeps, since: string): Promise<void> {
  const { closedDays, renamedRuns } = deps
  for (const run of await renamedRuns.unfinished()) await adoptUnfinished(run, deps)

  const zones = await closedDays.underOlderNames()
  const behind = zones.filter(({ closedThrough, reviewedThrough = '' }) => closedThrough > reviewedThrough)
  for await (const group of doneRuns(zones, behind, since, renamedRuns)) await renamedRuns.rename(group)
  for (const zone of behind) await review(zone, deps)
  await adoptCompletions(new Map(zones.map(zone => [zone._id, zone.closedThrough])), since, deps)
}

/**
 * Replaces an unfinished run by a run under the current name, which closes the day again. If the older run is done in the
 * meantime, it stays, and is adopted as a done run.
 */
async function adoptUnfinished({ _id, day, timeZone: older }: Run, deps: RenamedDeps): Promise<void> {
  const { runs, renamedRuns, completions, amend } = deps
  const timeZone = currentTimeZone(older)
  await runs.create([{ day, timeZone }])
  await completions.renameDay(day, older)
  // A closing run has not listed its users yet. Any other run may have listed its users before these completions had the
  // current name.
  const [run] = await runs.find([runId(day, timeZone)])
  if (run?.state !== 'closing') await amendAll(completions.ofDay(day, timeZone), amend)
  await renamedRuns.removeUnfinished(_id)
  deps.wakeRuns()
}

/** Finds the done runs to rename, so that a reported day stays reported under the current name. */
function doneRuns(zones: ClosedZone[], behind: ClosedZone[], since: string, renamedRuns: RenamedRuns) {
  if (since === EVERY_DAY) return renamedRuns.doneSince(EVERY_DAY)
  const [reviewed] = behind.map(({ reviewedThrough = '' }) => reviewedThrough).sort()
  if (reviewed !== undefined) return renamedRuns.doneSince(reviewed)
  // The run of a zone's last closed day may become done after that day was reviewed.
  return renamedRuns.doneAmong(zones.map(({ _id, closedThrough }) => runId(closedThrough, _id)))
}

/**
 * Closes the days under the current name that are closed under the older name, and amends the completions that were not
 * listed.
 */
async function review(zone: ClosedZone, { closedDays, completions, amend }: RenamedDeps): Promise<void> {
  const { _id, closedThrough: through, reviewedThrough: after = '' } = zone
  const timeZone = currentTimeZone(_id)
  // The days are closed first, so that from now on a projector finds their completions late.
  await closedDays.close(through, timeZone)
  // The run under the older name did not list completions that have the current name.
  await amendAll(completions.ofDays({ after, through }, timeZone), amend)
  await closedDays.recordReviewed(zone)
}
