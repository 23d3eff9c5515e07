import type { Change, FiredByHand } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

/** What an operator did to a schedule: changed it, or fired it by hand. */
export type AuditEntry = Change | (FiredByHand & { action: 'fired' })

/** The newest entries of a schedule's audit, newest first; undefined when the name was never used. */
export async function auditOf(
  schedules: Pick<Schedules, 'audit'>,
  name: string,
  limit: number,
): Promise<AuditEntry[] | undefined> {
  const audit = await schedules.audit(name, limit)
  if (audit === undefined) return undefined
  const { changes, firedByHand = [] } = audit
  const fired = firedByHand.toReversed().map(entry => ({ ...entry, action: 'fired' as const }))
  // Sorted by version, because clocks may differ. A version is fired after the change that made it.
  return [...fired, ...changes.toReversed()].sort((a, b) => b.version - a.version).slice(0, limit)
}
