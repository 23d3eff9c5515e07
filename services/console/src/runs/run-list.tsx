import { useEffect, useId, useState } from 'preact/hooks'
import { href, query, setQuery } from '../address/address.ts'
import { runPath } from '../address/page-paths.ts'
import { ChoiceFilter } from '../elements/choice-filter.tsx'
import { focusedKey, useRowKeys } from '../elements/lists/row-keys.ts'
import { LiveTable } from '../elements/live-table.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { TextFilter } from '../elements/text-filter.tsx'
import { useRead } from '../elements/use-read.ts'
import { useKeys } from '../keys/keys.ts'
import { useEvents } from '../live/use-events.ts'
import { useEvery } from '../live/use-every.ts'
import { ZoneList } from '../zones/zone-list.tsx'
import { RunAgain } from './again/run-again.tsx'
import { type Again, useRunAgain } from './again/use-run-again.ts'
import { readRuns, readUnfinished, type Wanted } from './read-runs.ts'
import type { Run } from './run.ts'
import { columnsOf } from './run-columns.tsx'
import { useProgress } from './use-progress.ts'
import { World } from './world/world.tsx'

// Amendments can be many, and the logs of all runs are counted anew each time.
const EVENTS = new Set(['EndOfDay', 'DayReported'])
const NONE: ReadonlyMap<string, Run> = new Map()
const states = ['closing', 'writing', 'done'] as const
const [WHILE_BUSY_MS, WHILE_IDLE_MS] = [2000, 15_000]
const AT_REST_MS = 60_000

const wanted = (): Wanted => ({
  state: states.find(one => one === query.value.get('state')),
  onlyFailed: query.value.has('failed'),
  day: query.value.get('day') ?? undefined,
  timeZone: query.value.get('timeZone') ?? undefined,
  cursor: query.value.get('cursor') ?? undefined,
})

/** The runs, newest first, below the world's days. */
export function RunList() {
  const of = wanted()
  const zones = useId()
  const events = useEvents(EVENTS)
  const unfinished = useUnfinished(events)
  // A run that is done leaves the unfinished ones: then the list is read.
  const version = `${events} ${useEvery(AT_REST_MS)} ${[...unfinished.keys()].join()}`
  const read = useRead(signal => readRuns(of, signal), [of], version)
  const runs = (read.data?.runs ?? []).map(run => unfinished.get(run.id) ?? run)
  const closing = new Set([...unfinished.values()].map(({ timeZone }) => timeZone))
  const again = useRunAgain(read.again)
  useRowKeys('.runs')
  useListKeys(runs, again)
  return (
    <>
      <World closing={closing} />
      <h2>Runs</h2>
      <div class="filters">
        <ChoiceFilter label="State" name="state" choices={states} />
        <label>
          <input type="checkbox" checked={of.onlyFailed} onChange={toggleFailed} /> Only with failures
        </label>
        <TextFilter label="Day" name="day" type="date" />
        <TextFilter label="Time zone" name="timeZone" list={zones} />
        <ZoneList id={zones} />
      </div>
      <RunAgain again={again} />
      <div class="runs">
        <Shown read={read} what="the runs">
          {({ nextCursor }) => <Found runs={runs} nextCursor={nextCursor} of={of} />}
        </Shown>
      </div>
    </>
  )
}

/** The runs that are not done, by id, read often as long as there are some. */
function useUnfinished(events: number): ReadonlyMap<string, Run> {
  const [isBusy, setBusy] = useState(false)
  const ticks = useEvery(isBusy ? WHILE_BUSY_MS : WHILE_IDLE_MS)
  const { data = NONE, problem } = useRead(readUnfinished, [], `${events} ${ticks}`)
  useEffect(() => setBusy(data.size > 0), [data])
  // What was read earlier may be older than the list.
  return problem === undefined ? data : NONE
}

interface FoundProps {
  runs: readonly Run[]
  nextCursor: string | null
  of: Wanted
}

function Found({ runs, nextCursor, of }: FoundProps) {
  const stalledFor = useProgress(runs)
  if (runs.length === 0) return <Nothing of={of} />
  return (
    <LiveTable
      of={JSON.stringify(of)}
      summary={runs.length === 1 ? '1 run' : `${runs.length} runs, the newest day first`}
      caption="Runs"
      columns={columnsOf(stalledFor)}
      rows={runs}
      keyOf={({ id }) => id}
      nextCursor={nextCursor}
    />
  )
}

function Nothing({ of: { state, onlyFailed, day, timeZone } }: { of: Wanted }) {
  const conditions = [
    onlyFailed && 'has a log that could not be written',
    state && `is ${state}`,
    day && `is of ${day}`,
    timeZone && `is in ${timeZone}`,
  ].filter(Boolean)
  if (conditions.length === 0)
    return (
      <Empty>
        <p>
          No day with a completed task is over yet. The run of a day begins when the day ends in a time zone.
        </p>
      </Empty>
    )
  return (
    <Empty>
      <p>
        No run {conditions.join(' and ')}.{' '}
        {day && timeZone && <a href={href(runPath({ day, timeZone }))}>Say why</a>}
      </p>
      <button type="button" onClick={() => setQuery(noConditions)}>
        Show all runs
      </button>
    </Empty>
  )
}

const noConditions = {
  state: undefined,
  failed: undefined,
  day: undefined,
  timeZone: undefined,
  cursor: undefined,
}

const toggleFailed = () =>
  setQuery({ failed: query.value.has('failed') ? undefined : 'true', cursor: undefined })

function useListKeys(runs: readonly Run[], { ask }: Again): void {
  const runAgain = () => {
    const run = runs.find(({ id }) => id === focusedKey())
    if (run === undefined) return false
    ask({ day: run.day, timeZone: run.timeZone })
  }
  useKeys([
    { key: 'r', does: 'Run the run of the row again (asks)', run: runAgain },
    { key: 'f', does: 'Only runs with failures, or all', run: toggleFailed },
  ])
}
