import { groupCommit } from '@daybook/shared/async/group-commit'
import { DaybookError } from '@daybook/shared/failures/errors'
import { createIndexes } from '@daybook/shared/mongo/model'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type AddOptions, addNew, type InsertNew } from './add-new.ts'
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
  /**
   * Validates requests as `add` does, and adds nothing.
   * @returns for each request what became of it before; undefined when it is new
   */
  check: (requests: NewJob[], validation?: Validation) => Promise<(Added | undefined)[]>
  /**
   * Adds jobs that were validated before, for example as a part of a group. Requests that were added before, and ids that
   * belong to another request by now, are passed over; the latter are logged.
   * @param at when they were accepted
   * @param isFresh see `Validation.isFresh`
   */
  addAccepted: (requests: NewJob[], at: Date, isFresh?: boolean) => Promise<void>
}

// The most jobs that are written at once.
const MAX_AT_ONCE = 1000

/** Opens the adding of jobs. Requests that arrive together share one write. */
export async function openAdding(base: JobsBase, kinds: KindRules, options: AddOptions): Promise<Adding> {
  const bareIds = bareIdModel(base.connection)
  await createIndexes(bareIds)
  const store = addingStore(base.jobs, bareIds)
  const { insertNew = insertOnly } = options
  const insert = groupCommit(async (jobs: Job[]) => {
    const { stored, sent } = await insertNew(jobs, store.insert)
    base.quiet.end()
    base.signals.emit('added', stored.filter(Boolean).length)
    if (jobs.some(job => job.state === 'ready' && !sent.has(job))) base.signals.emit('work', undefined)
    const gates = jobs.flatMap(({ state, gate }) => (state === 'held' && gate !== undefined ? gate : []))
    if (gates.length > 0) base.signals.emit('gatesFreed', [...new Set(gates)])
    return stored
  }, MAX_AT_ONCE)
  const find = groupCommit(async (ids: string[]) => {
    const known = await store.known([...new Set(ids)])
    return ids.map(id => known.get(id))
  }, MAX_AT_ONCE)
  const deps = { ...store, ...options, insert, find, coalesce: coalesceWith(base) }

  async function examine(requests: NewJob[], validation: Validation = {}) {
    const pointerOf = pointerFor(requests, validation)
    refuseFaulty(requests, pointerOf)
    const { wait = false, isFresh = false } = validation
    const before = isFresh ? [] : await Promise.all(requests.map(requested => addedBefore(requested, find)))
    const isNew = (i: number) => before[i] === undefined
    const now = base.now()
    return { before, now, rules: await validateByRules(requests, { kinds, now, wait, pointerOf, isNew }) }
  }

  return {
    async add(requests, validation) {
      const { before, ...given } = await examine(requests, validation)
      return Promise.all(requests.map((requested, i) => before[i] ?? addNew(requested, given, deps)))
    },
    check: async (requests, validation) => (await examine(requests, validation)).before,
    async addAccepted(requests, at, isFresh = false) {
      const rules = await kinds.getMany(requests.map(({ request }) => request.kind))
      await Promise.all(
        requests.map(async requested => {
          try {
            if (!isFresh && (await addedBefore(requested, find))) return
            await addNew(requested, { rules, now: at }, deps)
          } catch (err) {
            if (!isConflict(err)) throw err
            base.log.error({ err, job: requested.id, code: err.code }, 'a job cannot be added')
          }
        }),
      )
    },
  }
}

const insertOnly: InsertNew = async (jobs, insert) => ({ stored: await insert(jobs), sent: new Set() })

const isConflict = (error: unknown): error is DaybookError =>
  error instanceof DaybookError && error.code === 'DAYBOOK_JOB_CONFLICT'
