import { makeStack, type Stack, silent } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { type Adding, openAdding } from '../../src/jobs/adding/open-adding.ts'
import { defaultKind, type Kind } from '../../src/jobs/kinds/kind.ts'
import type { Job } from '../../src/jobs/stored/job.ts'
import { type JobsBase, openJobsBase } from '../../src/jobs/stored/open-jobs-store.ts'

const DAY = 86_400_000
export const retention = { succeeded: 3 * DAY, failed: 30 * DAY, cancelled: 7 * DAY, expired: 7 * DAY }

/** Kinds that a test defines by name. A kind with a `schema` accepts only data of the type that it names. */
export const kindsOf = (defined: Record<string, Partial<Kind>> = {}) => ({
  get: async (name: string): Promise<Kind> => ({ ...defaultKind, name, ...defined[name] }),
  getMany: async (names: Iterable<string>) =>
    new Map<string, Kind>([...names].map(name => [name, { ...defaultKind, name, ...defined[name] }])),
  validateData({ schema }: Kind, data: unknown) {
    const { type } = (schema ?? {}) as { type?: string }
    const fits = type === undefined || typeof data === type
    return fits ? [] : [{ pointer: '', detail: `must be ${type}` }]
  },
})

export interface AddingRig {
  stack: Stack
  base: JobsBase
  adding: Adding
  /** Adds one job of the owner `alice`. */
  add: (request: Parameters<Adding['add']>[0][number]['request'], id?: string) => ReturnType<Adding['add']>
  jobs: () => Promise<Job[]>
  /** The jobs that were to be cancelled. */
  cancelled: string[]
}

/** Opens the adding of jobs on a new stack, without anything that sends jobs to workers. */
export async function makeAdding(t: Test, kinds: Record<string, Partial<Kind>> = {}): Promise<AddingRig> {
  const stack = await makeStack(t)
  const fail = (error: Error) => t.fail('a part of jobs failed', { error })
  const base = await openJobsBase(stack.db, { log: silent, fail })
  t.teardown(base.stop)
  const cancelled: string[] = []
  const adding = await openAdding(base, kindsOf(kinds), {
    retention,
    keepIds: 14 * DAY,
    cancel: async ids => void cancelled.push(...ids),
  })
  return {
    stack,
    base,
    adding,
    add: (request, id) => adding.add([{ owner: 'alice', request, ...(id === undefined ? {} : { id }) }]),
    jobs: () => base.jobs.find().sort({ _id: 1 }).lean<Job[]>(),
    cancelled,
  }
}
