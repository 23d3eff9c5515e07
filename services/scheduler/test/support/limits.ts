import { makeStack, type Stack, silent } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { KindDefinition } from '../../src/jobs/kinds/kind-definition.ts'
import { openKinds } from '../../src/jobs/kinds/kind-store.ts'
import type { LimitDefinition } from '../../src/jobs/kinds/shared-limit.ts'
import { startGateSweep } from '../../src/jobs/limits/gate-sweep.ts'
import { type Admission, openAdmission } from '../../src/jobs/limits/open-admission.ts'
import type { Job } from '../../src/jobs/stored/job.ts'
import { openJobsBase } from '../../src/jobs/stored/open-jobs-store.ts'

export const operator = { by: 'operator', preconditions: {} }

/** A ready job of the kind `k`. */
export const makeJob = (id: string, given: Partial<Job> = {}): Job => ({
  _id: id,
  kind: 'k',
  lane: 'default',
  data: 'null',
  owner: 'alice',
  priority: 3,
  rank: new Date('2026-11-25T10:00:00Z'),
  state: 'ready',
  addedAt: new Date('2026-11-25T10:00:00Z'),
  dueAt: new Date('2026-11-25T10:00:00Z'),
  attempt: 0,
  failures: 0,
  crashes: 0,
  ...given,
})

/** Ready jobs in the order of their rank. */
export const makeJobs = (count: number, given: Partial<Job> = {}, prefix = 'j'): Job[] =>
  Array.from({ length: count }, (_, i) =>
    makeJob(`${prefix}${String(i).padStart(6, '0')}`, {
      rank: new Date(Date.UTC(2026, 10, 25) + i),
      ...given,
    }),
  )

/** Opens kinds and admission as one scheduler process does, on a stack that other processes may share. */
export async function openLimits(t: Test, stack: Stack) {
  const base = await openJobsBase(stack.db, { log: silent, fail: error => t.fail(error.message) })
  t.teardown(base.stop)
  const kinds = await openKinds(base)
  const admission = openAdmission(base, kinds)
  return {
    stack,
    base,
    kinds,
    admission,
    startSweep() {
      const sweep = startGateSweep(base, kinds)
      t.teardown(() => sweep.stop())
    },
    putKind: (name: string, definition: KindDefinition) => kinds.put(name, definition, operator),
    putLimit: (name: string, definition: LimitDefinition) => kinds.limits.put(name, definition, operator),
    add: (jobs: Job[]) => base.jobs.insertMany(jobs),
    ready: () => base.jobs.find({ state: 'ready' }).sort({ rank: 1 }).lean<Job[]>(),
    ids: async (state: Job['state']) =>
      (await base.jobs.find({ state }).sort({ rank: 1 }).lean<Job[]>()).map(({ _id }) => _id),
    /** Sends admitted jobs as the dispatcher does. Returns those whose places were free. */
    send: (admitted: Awaited<ReturnType<Admission['admit']>>) => send(base.jobs, admitted),
    /** Ends an attempt: its place is free again. */
    end: async (id: string) => {
      await base.jobs.updateOne({ _id: id }, { $set: { state: 'succeeded' }, $unset: { places: '' } })
    },
  }
}

export const makeLimits = async (t: Test) => openLimits(t, await makeStack(t))

async function send(
  jobs: Awaited<ReturnType<typeof openJobsBase>>['jobs'],
  admitted: Awaited<ReturnType<Admission['admit']>>,
): Promise<string[]> {
  const won: string[] = []
  for (const { job, places } of admitted) {
    const update = { state: 'sent' as const, ...(places.length === 0 ? {} : { places }) }
    try {
      const { modifiedCount } = await jobs.updateOne({ _id: job._id, state: 'ready' }, { $set: update })
      if (modifiedCount === 1) won.push(job._id)
    } catch (error) {
      if ((error as { code?: number }).code !== 11000) throw error
    }
  }
  return won
}
