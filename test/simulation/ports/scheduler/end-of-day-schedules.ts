import { currentTimeZone, endOfDay, storedNames } from '@daybook/shared/time/days'
import { firstEnd } from '../../../../services/scheduler/src/calendar/day-ends.ts'
import type { EndOfDaySchedule } from '../../../../services/scheduler/src/schedules/schedule.ts'
import { endOfDayName, isRenamed } from '../../../../services/scheduler/src/schedules/schedule-name.ts'
import type { Collection } from '../collection.ts'
import { without } from '../copy.ts'

type Stored = Collection<EndOfDaySchedule>

/** `synchroniseTimeZones` in memory. Each write is on its own. */
export async function synchroniseTimeZones(
  schedules: Stored,
  timeZones: readonly string[],
  now: Date,
): Promise<void> {
  for (const schedule of (await schedules.find(() => true)).filter(isRenamed))
    await replaceSchedule(schedules, schedule)
  const existing = await schedules.find(() => true)
  const known = new Set(existing.map(({ timeZone }) => timeZone))
  for (const timeZone of timeZones.filter(zone => !known.has(zone))) {
    const made = { _id: endOfDayName(timeZone), kind: 'end-of-day', timeZone } as const
    await schedules.insert({ ...made, ...firstEnd(timeZone, now) })
  }
  for (const read of existing)
    if (timeZones.includes(read.timeZone)) await start(schedules, read)
    else await stop(schedules, read)
}

async function start(schedules: Stored, { _id, nextDay, timeZone, nextFireAt }: EndOfDaySchedule) {
  if (nextFireAt !== undefined) return
  await schedules.update(
    _id,
    stored => stored.nextDay === nextDay && stored.nextFireAt === undefined,
    stored => ({ ...stored, nextFireAt: endOfDay(nextDay, timeZone) }),
  )
}

async function stop(schedules: Stored, { _id, nextFireAt }: EndOfDaySchedule) {
  if (nextFireAt !== undefined) await schedules.update(_id, () => true, stopped)
}

const stopped = (stored: EndOfDaySchedule): EndOfDaySchedule => without(stored, 'nextFireAt')

/** `replaceOlderNames` in memory. */
export async function replaceOlderNames(schedules: Stored, timeZones: string[]): Promise<boolean> {
  const zones = timeZones.map(currentTimeZone)
  const older = zones.flatMap(zone => storedNames(zone).filter(name => name !== zone))
  if (older.length === 0) return false
  const found = (await schedules.getAll(older.map(endOfDayName))).filter(
    ({ nextFireAt }) => nextFireAt !== undefined,
  )
  for (const schedule of found.filter(isRenamed)) await replaceSchedule(schedules, schedule)
  return found.length > 0
}

/** `replaceSchedule` in memory. Each of its writes is on its own, in the same order. */
async function replaceSchedule(schedules: Stored, old: EndOfDaySchedule): Promise<void> {
  const { nextDay, nextFireAt, stats, outbox = [] } = old
  const timeZone = currentTimeZone(old.timeZone)
  const _id = endOfDayName(timeZone)
  await schedules.insert({
    ...{ _id, kind: 'end-of-day', timeZone, nextDay },
    ...(stats && { stats }),
    ...(outbox.length > 0 && { outbox }),
  })
  await schedules.update(
    _id,
    stored => stored.nextDay < nextDay,
    stored => ({
      ...stored,
      nextDay,
      ...(outbox.length > 0 && { outbox: [...(stored.outbox ?? []), ...outbox] }),
    }),
  )
  if (nextFireAt === undefined) return
  await schedules.update(
    _id,
    stored => stored.nextFireAt === undefined,
    stored => ({ ...stored, nextFireAt }),
  )
  await schedules.update(
    old._id,
    stored => stored.nextDay === nextDay && Number(stored.nextFireAt) === nextFireAt.getTime(),
    stopped,
  )
}
