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
import { ActionDialogs } from './action-dialogs.tsx'
import { columns } from './columns.tsx'
import { newPath, type Schedule } from './definition/schedule.ts'
import { states } from './definition/schedule-state.ts'
import { type Kind, readSchedules, type Wanted } from './read-schedules.ts'
import { type Actions, useActions } from './use-actions.ts'

const FIRINGS = new Set(['ScheduleFired', 'EndOfDay'])
// No event says that somebody has changed a schedule.
const EVERY_MS = 15_000

const wanted = (): Wanted => ({
  kind: query.value.get('kind') === 'end-of-day' ? 'end-of-day' : 'user',
  q: query.value.get('q') ?? '',
  state: states.find(one => one === query.value.get('state')),
  cursor: query.value.get('cursor') ?? undefined,
})

/** The list of schedules, what fires next first. */
export function ScheduleList() {
  const of = wanted()
  const { kind } = of
  const version = `${useEvents(FIRINGS)} ${useEvery(EVERY_MS)}`
  const read = useRead(signal => readSchedules(of, signal), [of], version)
  const actions = useActions(read.again)
  useRowKeys()
  useListKeys(read.data?.schedules ?? [], actions)
  return (
    <>
      <Tabs kind={kind} />
      <div class="filters">
        <SearchField label="Search by name or definition" />
        <ChoiceFilter label="State" name="state" choices={states} />
        {kind === 'user' && (
          <a class="button" href={href(newPath())}>
            New schedule
          </a>
        )}
      </div>
      <ActionDialogs actions={actions} />
      <Shown read={read} what="the schedules">
        {({ schedules, nextAfter }) => <Found schedules={schedules} nextAfter={nextAfter} of={of} />}
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

interface FoundProps {
  schedules: readonly Schedule[]
  nextAfter: string | null
  of: Wanted
}

function Found({ schedules, nextAfter, of }: FoundProps) {
  if (schedules.length === 0) return <Nothing of={of} />
  return (
    <LiveTable
      of={JSON.stringify(of)}
      summary={schedules.length === 1 ? '1 schedule' : `${schedules.length} schedules, what fires next first`}
      caption="Schedules, next firing first"
      columns={columns}
      rows={schedules}
      keyOf={({ name }) => name}
      nextCursor={nextAfter}
    />
  )
}

function Nothing({ of: { state, q, cursor } }: { of: Wanted }) {
  if (!state && !q && !cursor)
    return (
      <Empty>
        <p>
          No operator has made a schedule. <a href={href(newPath())}>Make the first one</a>
        </p>
      </Empty>
    )
  const conditions = [state && `is ${state}`, q && `has “${q}” in its name or definition`].filter(Boolean)
  return (
    <Empty>
      <p>No schedule {conditions.join(' and ') || 'is on this page'}.</p>
      <button type="button" onClick={() => setQuery({ q: undefined, state: undefined, cursor: undefined })}>
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
