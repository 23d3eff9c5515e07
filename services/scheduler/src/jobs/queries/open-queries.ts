import { makeWaiters, type Waiters } from '@daybook/shared/http'
import type { Kinds } from '../kinds/kind-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type CountStates, makeCountStates } from './count-states.ts'
import { type GroupReader, openGroupReader } from './group-reader-store.ts'
import { type JobList, openJobList } from './job-list-store.ts'
import { type JobReader, openJobReader } from './job-reader-store.ts'
import { makeWhyItWaits, type WhyItWaits } from './why-it-waits.ts'

/** What can be asked about jobs. */
export interface JobQueries {
  reader: JobReader
  list: JobList
  countStates: CountStates
  groupReader: GroupReader
  waiters: Waiters
  whyItWaits: WhyItWaits['one']
  whyTheyWait: WhyItWaits['all']
}

/** Opens the queries. The caller stops `waiters`, before the HTTP server. See `makeWhyItWaits` for the options. */
export function openQueries(
  base: JobsBase,
  kinds: Pick<Kinds, 'get'>,
  options: Parameters<typeof makeWhyItWaits>[2],
): JobQueries {
  const why = makeWhyItWaits(base, kinds, options)
  const reader = openJobReader(base.jobs)
  const list = openJobList(base.jobs)
  const waiters = makeWaiters(base.log, reader.ended)
  base.signals.on('finished', jobs => waiters.ended(jobs.map(({ id }) => id)))
  return {
    reader,
    list,
    countStates: makeCountStates(list),
    groupReader: openGroupReader(base.groups, base.jobs),
    waiters,
    whyItWaits: why.one,
    whyTheyWait: why.all,
  }
}
