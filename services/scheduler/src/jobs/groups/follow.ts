import { type EmbeddedEvent, outboxEntries, type Relay } from '@daybook/shared/outbox'
import type { Adding } from '../adding/open-adding.ts'
import type { StoreClock } from '../stored/store-clock-store.ts'
import type { FollowStore } from './follow-store.ts'
import type { GroupStore } from './group-store.ts'
import type { Groups } from './open-groups.ts'
import { afterGroup, afterJob, groupContinues, groupFinished } from './plan-follow.ts'

export interface FollowDeps {
  store: GroupStore & FollowStore
  adding: Pick<Adding, 'addAccepted'>
  groups: Pick<Groups, 'storeBatch'>
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  now: StoreClock
  /** For how many milliseconds a group is kept after it finished. */
  retention: number
}

const PAGE = 500

/** Adds the continuations of jobs and groups that have ended. Every process may do so at once: each has a fixed id. */
export async function addContinuations({ store, adding, now }: FollowDeps): Promise<void> {
  for (let more = true; more; ) {
    const jobs = await store.jobsToContinue(PAGE)
    const groups = await store.groupsToContinue(PAGE)
    more = jobs.length === PAGE || groups.length === PAGE
    if (jobs.length + groups.length === 0) return
    await adding.addAccepted([...jobs.map(afterJob), ...groups.map(afterGroup)], now())
    // After a crash before this line, the continuation is found to be added.
    await store.jobsContinued(jobs.map(({ _id }) => _id))
    await store.groupsContinued(groups.map(({ _id }) => _id))
  }
}

/**
 * Ends a group if it is closed, all its members are stored, and all have ended. Can be repeated: nothing is counted before all
 * have ended, and one update ends the group.
 * @returns whether it has ended the group
 */
export async function finishGroup(deps: FollowDeps, id: string): Promise<boolean> {
  const { store, relay, now, retention } = deps
  // Mostly one has not ended, and the group need not be read. This is asked again after it was read.
  if (await store.hasOpenJob(id)) return false
  const group = await store.find(id)
  if (group?.state !== 'closed' || (group.batches?.length ?? 0) > 0) return false
  if (await store.hasOpenJob(id)) return false
  const [counts, finishedAt] = [await store.count(id), now()]
  const event = groupFinished(id, counts, finishedAt)
  const finished = await store.finish(id, {
    counts,
    finishedAt,
    removeAt: new Date(finishedAt.getTime() + retention),
    outbox: outboxEntries([event]),
    ...(groupContinues(group.then, counts) ? { thenDue: true } : {}),
  })
  if (finished) relay.offer([{ document: id, event }])
  return finished
}

/** Stores the members of groups that a process has accepted and then not stored, because it ended. */
export async function storeLeftBatches({ store, groups }: FollowDeps, before: Date): Promise<void> {
  for (const group of await store.leftBatches(before, PAGE)) {
    for (const batch of group.batches ?? []) await groups.storeBatch(group, batch)
  }
}
