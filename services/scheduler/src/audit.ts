import type { Change, FiredByHand, UserSchedule } from './schedule.ts'
import type { Schedules } from './schedules.ts'

/** What an operator did to a schedule: changed it, or fired it by hand. */
export type Deed = Change | (FiredByHand & { action: 'fired' })

/** The newest deeds, the newest first; undefined when the name was never used. */
export async function auditOf(
  schedules: Schedules,
  name: string,
  limit: number,
): Promise<Deed[] | undefined> {
  const changes = await schedules.changes(name, limit)
  if (changes === undefined) return undefined
  const { firedByHand = [] } = ((await schedules.read(name)) ?? {}) as Partial<UserSchedule>
  const fired = firedByHand.toReversed().map(one => ({ ...one, action: 'fired' as const }))
  // Versions have an order whatever clocks say, and a version is fired after it was made.
  return [...fired, ...changes].sort((a, b) => b.version - a.version).slice(0, limit)
}
