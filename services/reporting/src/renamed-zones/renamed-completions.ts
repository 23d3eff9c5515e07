import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import { canonicalTimeZone, olderTimeZones } from '@daybook/shared/time/days'
import type { Connection, mongo } from 'mongoose'
import type { Completion, TakenBack } from '../projection/completions.ts'
import type { UserDay } from '../projection/projector.ts'
import { type AmendDeps, amend } from '../runs/late-completions.ts'

/** What completions under older names of time zones are brought under the current ones with. */
export interface RenamedDeps extends AmendDeps {
  connection: Connection
}

type Kept = Completion | TakenBack
type Filter = mongo.Filter<Kept>

const AT_ONCE = 1000

export const currentName = (older: string): string => canonicalTimeZone(older) ?? older

/**
 * Renames the time zone of completions. One whose day was closed under the older name was listed or found late under
 * that name. Any other is amended, if its day is closed: before, or a crash would lose it, and afterwards, since its day
 * may have been closed in between.
 * @param closedThrough the last day that is closed under each older name
 * @param since the first day that is looked at
 */
export async function renameCompletions(
  closedThrough: Map<string, string>,
  since: string,
  deps: RenamedDeps,
): Promise<void> {
  const older = { day: { $gte: since }, timeZone: { $in: olderTimeZones } }
  for await (const group of groupsOf(older, deps)) {
    const others = group.filter(({ day, timeZone }) => day > (closedThrough.get(timeZone) ?? ''))
    const changes = others.map(one => ({ ...one, timeZone: currentName(one.timeZone) }))
    if (changes.length > 0) await amend(changes, deps)
    for (const [timeZone, ones] of Map.groupBy(group, one => one.timeZone))
      await renameThose({ _id: { $in: ones.map(({ _id }) => _id) } }, timeZone, deps)
    if (changes.length > 0) await amend(changes, deps)
  }
}

/** Renames the time zone of completions that have an older name of it and match a filter. */
export async function renameThose(filter: Filter, timeZone: string, deps: RenamedDeps): Promise<void> {
  await completionsOf(deps).updateMany({ ...filter, timeZone }, { $set: { timeZone: currentName(timeZone) } })
}

/** Has the days of completions written again that are past closing. */
export async function amendThose(filter: Filter, deps: RenamedDeps): Promise<void> {
  for await (const group of groupsOf(filter, deps)) await amend(group, deps)
}

const completionsOf = ({ connection }: RenamedDeps) => collectionOf<Kept>(connection, 'completions')

const groupsOf = (filter: Filter, deps: RenamedDeps): AsyncGenerator<(UserDay & { _id: string })[]> =>
  inGroups(completionsOf(deps).find(filter, { projection: { day: 1, timeZone: 1, userId: 1 } }))

/** What a query finds, so many at a time as it comes: there may be millions. */
export async function* inGroups<One>(found: AsyncIterable<One>): AsyncGenerator<One[]> {
  let group: One[] = []
  for await (const one of found) {
    group.push(one)
    if (group.length < AT_ONCE) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
