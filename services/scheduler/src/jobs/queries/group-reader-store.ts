import type { GroupModel } from '../stored/group-model.ts'
import { finalStates, type Job, type JobState, openStates } from '../stored/job.ts'
import type { JobGroup } from '../stored/job-group.ts'
import type { JobModel } from '../stored/job-model.ts'
import { type ApiState, apiStateOf, apiStates } from './job-filter.ts'
import type { Page } from './merge-parts.ts'

/** How many jobs of a group are in each state. */
export type GroupCounts = Record<ApiState | 'total', number>

/** The fields of a member that describe how it ended. */
export type Member = Pick<Job, '_id' | 'kind' | 'key' | 'state' | 'result' | 'reason' | 'error'>

/** Reads groups and their members. */
export interface GroupReader {
  find: (id: string) => Promise<JobGroup | undefined>
  /** The groups that the handler of a job has requested, at most `limit`, in the order of their ids. */
  ofParent: (job: string, limit: number) => Promise<JobGroup[]>
  /** Counts the members by state. */
  counts: (id: string) => Promise<GroupCounts>
  /** Some of the members that failed, at most `limit`, newest ids first. */
  failures: (id: string, limit: number) => Promise<Member[]>
  /** A page of the members with their results, in the order of their ids, after the given one. It ends early after 1 MiB. */
  members: (
    id: string,
    page: { states: readonly JobState[] | undefined; after: string | undefined; limit: number },
  ) => Promise<Page<Member>>
}

const shownOfGroup = { outbox: 0, batches: 0 } as const
const allStates = [...openStates, ...finalStates]

// In characters of results and errors. Results have up to 64 KB, and many requests may read pages at the same time.
const PAGE_SIZE = 1_048_576
// MongoDB sends so many members at once.
const BATCH = 20

/** Opens the reader. Each of its queries reads the index `group` only up to its limit; `counts` reads no documents. */
export function openGroupReader(groups: GroupModel, jobs: JobModel): GroupReader {
  const fields = { kind: 1, key: 1, state: 1, reason: 1, error: 1 } as const
  return {
    find: async id => (await groups.findById(id, shownOfGroup).lean<JobGroup>()) ?? undefined,
    async ofParent(parent, limit) {
      const found = groups.find({ parent }, shownOfGroup).sort({ _id: 1 })
      return found.limit(limit).hint('parent').lean<JobGroup[]>()
    },
    async counts(id) {
      const found = await jobs
        .aggregate<{ _id: JobState; count: number }>([
          { $match: { group: id } },
          { $group: { _id: '$state', count: { $sum: 1 } } },
        ])
        .hint('group')
      return sumUp(found.map(({ _id, count }) => [_id, count]))
    },
    async failures(id, limit) {
      const failed = jobs.find({ group: id, state: 'failed' }, fields).sort({ _id: -1 })
      return failed.limit(limit).hint('group').lean<Member[]>()
    },
    async members(id, { states = allStates, after = '', limit }) {
      const wanted = { group: id, state: { $in: [...states] }, _id: { $gt: after } }
      const found = jobs
        .find(wanted, { ...fields, result: 1 })
        .sort({ _id: 1 })
        .hint('group')
      const rows: Member[] = []
      let size = 0
      for await (const member of found
        .limit(limit + 1)
        .batchSize(BATCH)
        .lean<Member>()
        .cursor()) {
        if (rows.length === limit || size >= PAGE_SIZE) return { rows, after: rows.at(-1)?._id }
        rows.push(member)
        size += (member.result?.length ?? 0) + (member.error?.length ?? 0)
      }
      return { rows }
    },
  }
}

/** Adds up the numbers of jobs by stored state to those by the state that the REST API shows. */
export function sumUp(counts: readonly (readonly [JobState, number])[]): GroupCounts {
  const sums = Object.fromEntries(['total', ...apiStates].map(state => [state, 0])) as GroupCounts
  for (const [state, count] of counts) {
    sums[apiStateOf(state)] += count
    sums.total += count
  }
  return sums
}
