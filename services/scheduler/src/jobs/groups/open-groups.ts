import { DaybookError } from '@daybook/shared/failures/errors'
import { v7 as uuidv7 } from 'uuid'
import type { Adding } from '../adding/open-adding.ts'
import type { GroupBatch, JobGroup } from '../stored/job-group.ts'
import type { StoreClock } from '../stored/store-clock-store.ts'
import type { GroupStore } from './group-store.ts'
import type { AddedGroup, Member, NewGroup } from './new-group.ts'
import {
  continuationRequest,
  fingerprintOfGroup,
  jobsOf,
  makeBatch,
  plannedGroup,
  withIds,
} from './plan-group.ts'
import { refuseRepeatedIds } from './repeated-ids.ts'

/** Adds groups and their jobs. */
export interface Groups {
  /**
   * Adds a group with jobs. The group and all its jobs, or nothing, are stored, also at a crash.
   * @throws DaybookError DAYBOOK_REQUEST_INVALID with pointers; DAYBOOK_JOB_CONFLICT when another request has a chosen id
   */
  addGroup: (group: NewGroup) => Promise<AddedGroup>
  /**
   * Adds jobs to an open group. They belong to the group's owner.
   * @param more.id the id of this request: the same id twice adds the jobs once
   * @throws DaybookError as `addGroup`, and DAYBOOK_GROUP_NOT_FOUND or DAYBOOK_GROUP_CLOSED
   */
  addToGroup: (
    group: string,
    more: { id?: string; jobs: Member[]; traceparent?: string },
  ) => Promise<AddedGroup>
  /**
   * Closes a group: no more jobs can be added, and it finishes when all its jobs have ended. A closed group stays as it is.
   * @throws DaybookError DAYBOOK_GROUP_NOT_FOUND
   */
  close: (group: string) => Promise<void>
  /** Stores the jobs of a batch that a group has accepted. Can be repeated. */
  storeBatch: (group: Pick<JobGroup, '_id' | 'owner'>, batch: GroupBatch) => Promise<void>
}

interface GroupDeps {
  store: GroupStore
  adding: Adding
  now: StoreClock
  /** Called with the id of a group that may have finished. */
  touched: (group: string) => void
}

/** Opens the adding of groups. */
export function openGroups({ store, adding, now, touched }: GroupDeps): Groups {
  async function storeBatch(
    group: Pick<JobGroup, '_id' | 'owner'>,
    batch: GroupBatch,
    isFresh = false,
  ): Promise<void> {
    await adding.addAccepted(jobsOf(group, batch), batch.at, isFresh)
    await store.batchStored(group._id, batch.id)
    touched(group._id)
  }

  /** Accepts a batch. When batches fill the group that a crash has left behind, it stores them first. */
  async function accept(id: string, batch: GroupBatch): Promise<JobGroup | 'accepted-before'> {
    for (;;) {
      const accepted = await store.accept(id, batch)
      if (accepted !== undefined) return accepted
      const group = await existing(store, id)
      if (group.batches?.some(one => one.id === batch.id)) return 'accepted-before'
      if (group.state !== 'open') throw closed(id)
      for (const waiting of group.batches ?? []) await storeBatch(group, waiting)
    }
  }

  return {
    storeBatch: (group, batch) => storeBatch(group, batch),
    async addGroup(requested) {
      const id = requested.id ?? uuidv7()
      const jobs = withIds(id, requested.jobs)
      const added = { id, jobs: jobs.map(job => job.id) }
      refuseRepeatedIds(added.jobs)
      if (await wasAdded(store, id, requested)) return { ...added, status: 'exists' }
      const isFresh = requested.id === undefined && requested.jobs.every(job => job.id === undefined)
      await adding.check(...toCheck(id, { ...requested, jobs, isFresh }))
      const at = now()
      const batch = jobs.length === 0 ? undefined : makeBatch(id, at, jobs, requested.traceparent)
      const group = plannedGroup(id, requested, batch, at)
      if (!(await store.insert(group))) {
        if (await wasAdded(store, id, requested)) return { ...added, status: 'exists' }
        throw new Error(`The group ${id} was refused, but its id is not taken`)
      }
      if (batch === undefined) touched(id)
      else await storeBatch(group, batch, isFresh)
      return { ...added, status: 'added' }
    },
    async addToGroup(id, more) {
      const batchId = more.id ?? uuidv7()
      const jobs = withIds(batchId, more.jobs)
      const added = { id, jobs: jobs.map(job => job.id) }
      refuseRepeatedIds(added.jobs)
      const { owner } = await existing(store, id)
      const isFresh = more.id === undefined && more.jobs.every(job => job.id === undefined)
      const before = await adding.check(...toCheck(id, { jobs, owner, isFresh }))
      if (more.id !== undefined && before.every(one => one !== undefined))
        return { ...added, status: 'exists' }
      const batch = makeBatch(batchId, now(), jobs, more.traceparent)
      const accepted = await accept(id, batch)
      if (accepted === 'accepted-before') return { ...added, status: 'exists' }
      await storeBatch(accepted, batch, isFresh)
      return { ...added, status: 'added' }
    },
    async close(id) {
      await existing(store, id)
      await store.close(id, now())
      touched(id)
    },
  }
}

/** The arguments that validate the jobs of a group and its continuation. */
function toCheck(
  group: string,
  {
    jobs,
    owner,
    then,
    wait = false,
    isFresh,
  }: Pick<NewGroup, 'jobs' | 'owner' | 'then' | 'wait'> & { isFresh: boolean },
): Parameters<Adding['check']> {
  const members = jobs.map(job => ({ ...job, owner, group }))
  const next = then === undefined ? [] : [{ owner, request: continuationRequest(then) }]
  const pointerOf = (i: number) => (i < members.length ? `/jobs/${i}` : '/then')
  return [[...members, ...next], { pointerOf, wait, isFresh }]
}

/** Says whether the group was added before. @throws DaybookError DAYBOOK_JOB_CONFLICT when another group has the id */
async function wasAdded(store: GroupStore, id: string, requested: NewGroup): Promise<boolean> {
  if (requested.id === undefined) return false
  const known = await store.fingerprintOf(id)
  if (known === undefined) return false
  if (known === fingerprintOfGroup(requested)) return true
  const advice = 'choose a new id for a new group, or repeat the request without a change'
  throw new DaybookError('DAYBOOK_JOB_CONFLICT', `Another group was requested under the id ${id}: ${advice}`)
}

async function existing(store: GroupStore, id: string): Promise<JobGroup> {
  const group = await store.find(id)
  if (group !== undefined) return group
  throw new DaybookError('DAYBOOK_GROUP_NOT_FOUND', `There is no group ${id}`)
}

const closed = (id: string) =>
  new DaybookError('DAYBOOK_GROUP_CLOSED', `The group ${id} is closed: add the jobs to a new group`)
