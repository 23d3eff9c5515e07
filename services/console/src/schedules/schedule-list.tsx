import { go, href, query, setQuery } from '../address/address.ts'
import { ChoiceFilter } from '../elements/choice-filter.tsx'
import { focusedKey, useRowKeys } from '../elements/lists/row-keys.ts'
import { LiveTable } from '../elements/live-table.tsx'
import { SearchField } from '../elements/search-field.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useKeys } from '../keys/keys.ts'
import { useEvents } from '../live/use-events.ts'
import { useEvery } from '../live/use-every.ts'
import { now } from '../time/clock.ts'
import { ActionDialogs } from './action-dialogs.tsx'
import { arrange } from './arrange.ts'
import { columns } from './columns.tsx'
import { newPath, type Schedule } from './definition/schedule.ts'
import { type State, states } from './definition/schedule-state.ts'
import { type Kind, MOST, readSchedules, type SchedulesRead } from './read-schedules.ts'
import { type Actions, useActions } from './use-actions.ts'

const FIRINGS = new Set(['ScheduleFired', 'EndOfDay'])
// No event says that somebody has changed a schedule.
const EVERY_MS = 15_000
const PAGE = 100

/** The list of schedules, what fires next first. */
export function ScheduleList() {
  const kind: Kind = query.value.get('kind') === 'end-of-day' ? 'end-of-day' : 'user'
  const version = `${useEvents(FIRINGS)} ${useEvery(EVERY_MS)}`
  const read = useRead(signal => readSchedules(kind, signal), [kind], version)
  const actions = useActions(read.again)
  useRowKeys()
  useListKeys(read.data?.schedules ?? [], actions)
  return (
    <>
      <Tabs kind={kind} />
      <div class="filters">
        <SearchField label="Search by name, zone or time" />
        <ChoiceFilter label="State" name="state" choices={states} />
        {kind === 'user' && (
          <a class="button" href={href(newPath())}>
            New schedule
          </a>
        )}
      </div>
      <ActionDialogs actions={actions} />
      <Shown read={read} what="the schedules">
        {data => <Found {...data} kind={kind} />}
      </Shown>
    </>
  )
}

const Tabs = ({ kind }: { kind: Kind }) => (
  <nav class="tabs" aria-label="Kinds of schedules">
    <a href={href('/schedules')} aria-current={kind === 'user' ? 'page' : undefined}>
      By operators
    </a>
    <a href={href('/schedules?kind=end-of-day')} aria-current={kind === 'end-of-day' ? 'page' : undefined}>
      Ends of days
    </a>
  </nav>
)

function Found({ schedules, hasMore, kind }: SchedulesRead & { kind: Kind }) {
  const q = query.value.get('q') ?? ''
  const state = states.find(one => one === query.value.get('state'))
  const found = arrange(schedules, { q, state, now: now.value })
  const from = Number(query.value.get('cursor') ?? 0)
  if (found.length === 0) return <Nothing isFiltered={schedules.length > 0} state={state} q={q} />
  const of = [kind, q, state, from].join()
  return (
    <LiveTable
      of={of}
      summary={summaryOf(found.length, schedules.length, hasMore)}
      caption="Schedules, next firing first"
      columns={columns}
      rows={found.slice(from, from + PAGE)}
      keyOf={({ name }) => name}
      nextCursor={found.length > from + PAGE ? String(from + PAGE) : null}
    />
  )
}

const summaryOf = (found: number, all: number, hasMore: boolean) => {
  const count = found === all ? `${all} schedules` : `${found} of ${all} schedules`
  return hasMore ? `${count}: only the first ${MOST} by name are read` : count
}

function Nothing({ isFiltered, state, q }: { isFiltered: boolean; state: State | undefined; q: string }) {
  if (!isFiltered)
    return (
      <Empty>
        <p>
          No operator has made a schedule. <a href={href(newPath())}>Make the first one</a>
        </p>
      </Empty>
    )
  const wanted = [state && `is ${state}`, q && `has “${q}” in its name, zone or time`].filter(Boolean)
  return (
    <Empty>
      <p>No schedule {wanted.join(' and ')}.</p>
      <button type="button" onClick={() => setQuery({ q: undefined, state: undefined })}>
        Show all schedules
      </button>
    </Empty>
  )
}

function useListKeys(schedules: readonly Schedule[], { toggle, ask }: Actions): void {
  const focused = () => schedules.find(({ name, kind }) => kind === 'user' && name === focusedKey())
  const withFocused = (run: (schedule: Schedule) => unknown) => () => {
    const schedule = focused()
    return schedule === undefined ? false : void run(schedule)
  }
  useKeys([
    { key: 'n', does: 'New schedule', run: () => go(newPath()) },
    { key: 'p', does: 'Pause or resume the schedule of the row', run: withFocused(toggle) },
    {
      key: 'F',
      does: 'Fire the schedule of the row now (asks)',
      run: withFocused(schedule => ask({ action: 'fire', schedule })),
    },
  ])
}
