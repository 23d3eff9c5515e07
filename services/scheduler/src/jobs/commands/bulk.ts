import type { JobFilter } from '../queries/job-filter.ts'
import type { JobList } from '../queries/job-list-store.ts'
import { openStates } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import type { CancelJobs } from './cancel-jobs.ts'
import { retryableFields, retryableStates, retryJobs } from './retry-store.ts'

/** How far one request goes. */
export interface Progress {
  /** The id after which the next request continues; undefined when no job is left. */
  after?: string | undefined
}

/**
 * Commands for all jobs of a filter, whose states are those in which the command can do something. Each goes on where `after`
 * says, and is safe to repeat.
 */
export interface Bulk {
  cancel: (
    filter: JobFilter,
    after: string | undefined,
  ) => Promise<Progress & { cancelled: number; asked: number }>
  retry: (filter: JobFilter, after: string | undefined) => Promise<Progress & { retried: number }>
  /** Counts the jobs that a command would be about at this instant, many more in one request than the command changes. */
  count: (
    command: 'cancel' | 'retry',
    filter: JobFilter,
    after: string | undefined,
  ) => Promise<Progress & { matching: number; at: Date }>
}

const PAGE = 500
// Counting only reads an index.
const COUNTED_PAGE = 5000
// One request takes a few seconds at most, so that its client and the proxies before it still wait for it.
const MAX_PAGES = 20

const statesOf = { cancel: openStates, retry: retryableStates } as const

export function makeBulk(
  { jobs, now, signals }: { jobs: JobModel } & Pick<JobsBase, 'now' | 'signals'>,
  { list, cancelJobs }: { list: JobList; cancelJobs: CancelJobs },
): Bulk {
  /** Reads the pages of a filter one after the other, and hands each to `change`. */
  async function inPages<Row>(
    read: (after: string | undefined) => Promise<{ rows: Row[]; after?: string | undefined }>,
    change: (rows: Row[]) => Promise<void>,
    from: string | undefined,
  ): Promise<Progress> {
    let after = from
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await read(after)
      if (page.rows.length > 0) await change(page.rows)
      if (page.after === undefined) return {}
      after = page.after
    }
    return { after }
  }

  return {
    async cancel(filter, from) {
      const wanted = narrowed('cancel', filter)
      const counts = { cancelled: 0, asked: 0, 'too late': 0 }
      const progress = await inPages(
        after => list.page(wanted, { after, limit: PAGE, fields: ['_id'] }),
        async rows => {
          const answers = await cancelJobs(rows.map(({ _id }) => _id))
          for (const answer of answers.values()) counts[answer] += 1
        },
        from,
      )
      return { ...progress, cancelled: counts.cancelled, asked: counts.asked }
    },
    async retry(filter, from) {
      const wanted = narrowed('retry', filter)
      let retried = 0
      const progress = await inPages(
        after => list.page(wanted, { after, limit: PAGE, fields: retryableFields }),
        async rows => {
          retried += await retryJobs(jobs, rows, now())
          signals.emit('work', undefined)
        },
        from,
      )
      return { ...progress, retried }
    },
    async count(command, filter, from) {
      const wanted = narrowed(command, filter)
      const at = now()
      let matching = 0
      const progress = await inPages(
        after => list.page(wanted, { after, limit: COUNTED_PAGE, fields: ['_id'] }),
        async rows => {
          matching += rows.length
        },
        from,
      )
      return { ...progress, matching, at }
    },
  }
}

/** Limits a filter to the states in which a command can do something. */
const narrowed = (command: keyof typeof statesOf, filter: JobFilter): JobFilter => ({
  ...filter,
  states: filter.states ?? statesOf[command],
})
