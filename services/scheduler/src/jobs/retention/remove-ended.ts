import { bareGroupId } from '../adding/bare-id-model.ts'
import type { Removable, RemovableGroup, RemovalStore } from './removal-store.ts'

/** How many documents one batch removes at most: a larger one would hold up the jobs that are due. */
export const BATCH = 500

// When to look again at a job that cannot be removed yet. Without it such jobs would stand before all others.
const LOOK_AGAIN_MS = 3_600_000

/**
 * Removes one batch of ended jobs, of finished groups and of bare ids, and keeps the chosen ids of those that it removes.
 * @param keepIds for how many milliseconds
 * @returns how many jobs it removed, and whether there may be more to remove
 */
export async function removeEnded(
  store: RemovalStore,
  keepIds: number,
  now: Date,
): Promise<{ removed: number; more: boolean }> {
  const [later, until] = [LOOK_AGAIN_MS, keepIds].map(ms => new Date(now.getTime() + ms)) as [Date, Date]
  // Their events are made from what is stored. Kafka has been away for long, or nobody sweeps.
  const areNeeded = await store.areEndsLeft(new Date(now.getTime() - LOOK_AGAIN_MS))
  const jobs = areNeeded ? [] : await store.jobs(now, BATCH)
  const unfinished = await store.unfinished([...new Set(jobs.flatMap(({ group }) => group ?? []))])
  const { remove, keep } = split(jobs, ({ group }) => group !== undefined && unfinished.has(group))
  const groups = await store.groups(now, BATCH)
  const ofGroups = split(groups, () => false)
  // The order matters: who looks for an id reads the jobs first, then the bare ids.
  await store.keepIds([
    ...bareIdsOf(remove, until),
    ...bareIdsOf(ofGroups.remove, until).map(one => ({ ...one, _id: bareGroupId(one._id) })),
  ])
  const removed = remove.length === 0 ? 0 : await store.removeJobs(idsOf(remove), now)
  if (keep.length > 0) await store.postponeJobs(idsOf(keep), later)
  if (ofGroups.remove.length > 0) await store.removeGroups(idsOf(ofGroups.remove), now)
  if (ofGroups.keep.length > 0) await store.postponeGroups(idsOf(ofGroups.keep), later)
  const ids = await store.removeIds(now, BATCH)
  return { removed, more: [jobs.length, groups.length, ids].includes(BATCH) }
}

/** A document whose event is not published, or whose continuation is not added, stays; so does a member of an unfinished group. */
function split<T extends Removable | RemovableGroup>(found: T[], isNeeded: (one: T) => boolean) {
  const isKept = (one: T) => one.outbox !== undefined || one.thenDue === true || isNeeded(one)
  return { remove: found.filter(one => !isKept(one)), keep: found.filter(isKept) }
}

const idsOf = (found: { _id: string }[]) => found.map(({ _id }) => _id)

const bareIdsOf = (removed: (Removable | RemovableGroup)[], removeAt: Date) =>
  removed.flatMap(({ _id, fingerprint }) =>
    fingerprint === undefined ? [] : [{ _id, fingerprint, removeAt }],
  )
