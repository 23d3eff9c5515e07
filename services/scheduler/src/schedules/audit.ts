import type { Change, FiredByHand } from './schedule.ts'
import type { Schedules } from './schedule-store.ts'

/** What an operator did to a schedule: changed it, or fired it by hand. */
export type Deed = Change | (FiredByHand & { action: 'fired' })

/** The newest deeds, the newest first; undefined when the name was never used. */
export async function auditOf(
  schedules: Schedules,
  name: string,
  limit: number,
): Promise<Deed[] | undefined> {
  const audit = await schedules.audit(name, limit)
  if (audit === undefined) return undefined
  const { changes, firedByHand = [] } = audit
  const fired = firedByHand.toReversed().map(one => ({ ...one, action: 'fired' as const }))
  // Versions have an order whatever clocks say, and a version is fired after it was made.
  return [...fired, ...changes.toReversed()].sort((a, b) => b.version - a.version).slice(0, limit)
}
