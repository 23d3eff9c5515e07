import { type Loop, startLoop } from '@daybook/shared/async/loop'
import { waitOut } from '@daybook/shared/failures/outage'
import { olderTimeZones } from '@daybook/shared/time/days'
import type { Logger } from 'pino'
import { runId } from '../run-id.ts'
import type { Run } from '../runs/run.ts'
import { type ClosedZone, closedZones, notDone } from '../runs/run-store.ts'
import {
  amendThose,
  currentName,
  inGroups,
  type RenamedDeps,
  renameCompletions,
  renameThose,
} from './renamed-completions.ts'

/**
 * Brings what earlier versions keep under older names of time zones (`Asia/Calcutta`) under the current ones. One that
 * runs beside this version goes on writing, and takes the two names for two zones: its run of a day lists the completions
 * under the name of the run, and no others. So it is all taken over in such an order that each completion of a closed
 * day is listed or found late, whoever wrote what in between; and every step can be done again.
 */

export const EVERY_DAY = ''

/** @param since the first day that is looked at; `EVERY_DAY` at the start */
export async function adoptRenamed(deps: RenamedDeps, since: string): Promise<void> {
  const runs = deps.runs.collection
  for (const run of await runs.find({ ...notDone, timeZone: { $in: olderTimeZones } }).toArray())
    await adoptUnfinished(run, deps)

  const zones = await closedZones(deps.connection)
    .find({ _id: { $in: olderTimeZones } })
    .toArray()
  const behind = zones.filter(({ closedThrough, reviewedThrough = '' }) => closedThrough > reviewedThrough)
  const [after] =
    since === EVERY_DAY ? [since] : behind.map(({ reviewedThrough = '' }) => reviewedThrough).sort()
  // A run of the last day may have been done only after that day was gone over.
  const last = zones.map(({ _id, closedThrough }) => runId(closedThrough, _id))
  const which = after === undefined ? { $in: last } : { $gt: after }
  const done = runs.find({ _id: which, timeZone: { $in: olderTimeZones }, state: 'done' })
  for await (const group of inGroups(done)) await adoptDone(group, deps)
  for (const zone of behind) await review(zone, deps)
  await renameCompletions(new Map(zones.map(zone => [zone._id, zone.closedThrough])), since, deps)
}

/** The day is closed anew under the current name. One that is done by now is adopted as such. */
async function adoptUnfinished({ _id, day, timeZone: older }: Run, deps: RenamedDeps): Promise<void> {
  const timeZone = currentName(older)
  await deps.runs.create([{ day, timeZone }])
  await renameThose({ day }, older, deps)
  // A run that is closing lists its users later; another one may have listed them under the older name.
  const [run] = await deps.runs.find([runId(day, timeZone)])
  if (run?.state !== 'closing') await amendThose({ day, timeZone }, deps)
  await deps.runs.collection.deleteOne({ _id, ...notDone })
  deps.wakeRuns()
}

/** A day that is reported stays so under the current name; what waits to be published goes with it. */
async function adoptDone(group: Run[], { runs }: RenamedDeps): Promise<void> {
  const writes = group.map(({ _id: older, ...run }) => {
    const timeZone = currentName(run.timeZone)
    const update = { $setOnInsert: { ...run, timeZone } }
    return { updateOne: { filter: { _id: runId(run.day, timeZone) }, update, upsert: true } }
  })
  const { upsertedIds } = await runs.collection.bulkWrite(writes)
  const pushes = writes.flatMap(({ updateOne: { filter, update } }, i) => {
    const { outbox } = update.$setOnInsert
    if (i in upsertedIds || outbox === undefined) return []
    return [{ updateOne: { filter, update: { $push: { outbox: { $each: outbox } } } } }]
  })
  if (pushes.length > 0) await runs.collection.bulkWrite(pushes)
  await runs.collection.deleteMany({ _id: { $in: group.map(({ _id }) => _id) } })
}

/** What is closed under the older name is closed; completions under the current one were not listed by who closed it. */
async function review(zone: ClosedZone, deps: RenamedDeps): Promise<void> {
  const { _id, closedThrough, reviewedThrough = '' } = zone
  const timeZone = currentName(_id)
  // First: from now on whoever projects a completion of these days finds it late.
  await deps.runs.close(closedThrough, timeZone)
  await amendThose({ day: { $gt: reviewedThrough, $lte: closedThrough }, timeZone }, deps)
  await closedZones(deps.connection).updateOne({ _id }, { $max: { reviewedThrough: closedThrough } })
}

const EACH = 5000
// What an earlier version writes is of now, or waited in Kafka for a while.
const RECENT = 40 * 86_400_000

/** Adopts again and again for as long as the process lives: an earlier version may run beside it. */
export function watchRenamed(
  deps: RenamedDeps,
  { log, signal, fail }: { log: Logger; signal: AbortSignal; fail: (error: Error) => void },
): Loop {
  return startLoop(async () => {
    const since = new Date(Date.now() - RECENT).toISOString().slice(0, 'YYYY-MM-DD'.length)
    await waitOut('renaming time zones', () => adoptRenamed(deps, since), { log, signal })
    return EACH
  }, fail)
}
