import { query } from '../../address/address.ts'
import { BulkState } from '../../bulk/bulk-state.tsx'
import { useBulk } from '../../bulk/use-bulk.ts'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useEvents } from '../../live/use-events.ts'
import { useEvery } from '../../live/use-every.ts'
import { GroupSummary } from '../detail/group-summary.tsx'
import { LaneWarnings } from '../job/lane-warnings.tsx'
import { conditionsOf, stateOf } from './conditions.ts'
import { JobFilters } from './job-filters.tsx'
import { JobsTable } from './jobs-table.tsx'
import { readCounts, readJobs } from './read-jobs.ts'
import { StateTabs } from './state-tabs.tsx'

const TYPES = new Set(['JobFinished', 'GroupFinished', 'ScheduleFired'])
// The stream tells how jobs end, but not that they start or how far they are.
const EVERY_MS = 5000
const COUNTS_EVERY_MS = 30_000
// The scheduler keeps the counts for some time, so those that are read at once may be of before a command.
const COUNTS_KEPT_MS = 5000

/** The jobs of a state and of some conditions. */
export function JobList() {
  const conditions = conditionsOf(query.value)
  const state = stateOf(query.value)
  const cursor = query.value.get('cursor') ?? undefined
  const what = [conditions, state, cursor]
  const version = `${useEvents(TYPES)} ${useEvery(EVERY_MS)}`
  const read = useRead(signal => readJobs({ conditions, state, cursor }, signal), what, version)
  const counts = useRead(signal => readCounts(conditions, signal), [conditions], useEvery(COUNTS_EVERY_MS))
  const bulk = useBulk(() => {
    read.again()
    counts.again()
    window.setTimeout(counts.again, COUNTS_KEPT_MS)
  })
  const isFiltered = Object.keys(conditions).length > 0
  return (
    <>
      <LaneWarnings />
      <StateTabs shown={state} counts={counts.data} />
      <JobFilters isFiltered={isFiltered} />
      {conditions.group !== undefined && <GroupSummary id={conditions.group} version={version} />}
      <BulkState bulk={bulk} />
      <Shown read={read} what="the jobs">
        {page => <JobsTable key={JSON.stringify(what)} {...{ page, bulk, conditions, state, isFiltered }} />}
      </Shown>
    </>
  )
}
