import { groupCommit } from '@daybook/shared/async/group-commit'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type AddOptions, addNew } from './add-new.ts'
import { addingStore } from './adding-store.ts'
import { bareIdModel } from './bare-id-model.ts'
import { coalesceWith } from './coalesce-store.ts'
import { addedBefore } from './known-ids.ts'
import type { Added, KindRules, NewJob } from './new-job.ts'
import { pointerFor, refuseFaulty, type Validation, validateByRules } from './validate-requests.ts'

/** Adds jobs. */
export interface Adding {
  /**
   * Adds jobs. If a request is not valid, or its id is known to belong to another one, nothing is added.
   * @returns for each request what became of it, in the same order
   * @throws DaybookError DAYBOOK_REQUEST_INVALID with a pointer to each fault; DAYBOOK_JOB_CONFLICT when another request was
   *   added under a chosen id
   */
  add: (requests: NewJob[], validation?: Validation) => Promise<Added[]>
}

// The most jobs that are written at once.
const MAX_AT_ONCE = 1000

/** Opens the adding of jobs. Requests that arrive together share one write. */
export async function openAdding(base: JobsBase, kinds: KindRules, options: AddOptions): Promise<Adding> {
  const bareIds = bareIdModel(base.connection)
  await bareIds.createIndexes()
  const store = addingStore(base.jobs, bareIds)
  const insert = groupCommit(async (jobs: Job[]) => {
    const inserted = await store.insert(jobs)
    if (jobs.some(({ state }) => state === 'ready')) base.signals.emit('work', undefined)
    return inserted
  }, MAX_AT_ONCE)
  const find = groupCommit(async (ids: string[]) => {
    const known = await store.known([...new Set(ids)])
    return ids.map(id => known.get(id))
  }, MAX_AT_ONCE)
  const deps = { ...store, ...options, insert, find, coalesce: coalesceWith(base.jobs) }

  return {
    async add(requests, validation = {}) {
      const pointerOf = pointerFor(requests, validation)
      refuseFaulty(requests, pointerOf)
      const before = await Promise.all(requests.map(requested => addedBefore(requested, find)))
      const { wait = false } = validation
      const isNew = (i: number) => before[i] === undefined
      const now = base.now()
      const rules = await validateByRules(requests, { kinds, now, wait, pointerOf, isNew })
      return Promise.all(requests.map((requested, i) => before[i] ?? addNew(requested, { rules, now }, deps)))
    },
  }
}
