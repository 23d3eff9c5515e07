import { query } from '../address/address.ts'
import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import { ChoiceFilter } from '../elements/choice-filter.tsx'
import type { Column } from '../elements/data-table.tsx'
import { useRowKeys } from '../elements/lists/row-keys.ts'
import { LiveTable } from '../elements/live-table.tsx'
import { Mark, type Tone } from '../elements/mark.tsx'
import { SearchField } from '../elements/search-field.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { Time } from '../time/time.tsx'
import type { RunLog } from './run.ts'

const states = ['written', 'amended', 'failed'] as const
const tones: Record<RunLog['state'], Tone> = { written: 'good', amended: 'warning', failed: 'bad' }
const PAGE = 100

interface Wanted {
  q?: string
  state?: RunLog['state']
  cursor?: string
}

function wanted(): Wanted {
  const [q, cursor] = [query.value.get('q'), query.value.get('cursor')]
  const state = states.find(one => one === query.value.get('state'))
  return { ...(q ? { q } : {}), ...(state ? { state } : {}), ...(cursor ? { cursor } : {}) }
}

async function readLogs(id: string, of: Wanted, signal: AbortSignal) {
  const params = { path: { id }, query: { ...of, limit: PAGE } }
  const { data, error } = await reportingApi.GET('/runs/{id}/logs', { params, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

interface Props {
  id: string
  /** Changes when the logs may have changed. */
  version: string
  writeAgain: (user: string) => void
}

/** The logs of a run, one for each user, with the reasons of failures and the times of amendments. */
export function RunLogs({ id, version, writeAgain }: Props) {
  const of = wanted()
  const read = useRead(signal => readLogs(id, of, signal), [id, of], version)
  useRowKeys('.users')
  return (
    <section class="users" aria-label="Users">
      <h3>Users</h3>
      <div class="filters">
        <SearchField label="Search a user" />
        <ChoiceFilter label="Log" name="state" choices={states} />
      </div>
      <Shown read={read} what="the logs of this run">
        {({ logs, nextCursor }) =>
          logs.length === 0 ? (
            <Nothing of={of} />
          ) : (
            <LiveTable
              of={JSON.stringify(of)}
              summary={logs.length === 1 ? '1 user' : `${logs.length} users`}
              caption="Users"
              columns={columnsOf(writeAgain)}
              rows={logs}
              keyOf={({ userId }) => userId}
              nextCursor={nextCursor}
            />
          )
        }
      </Shown>
    </section>
  )
}

const Nothing = ({ of: { q, state } }: { of: Wanted }) => (
  <Empty>
    <p>
      {q === undefined && state === undefined
        ? 'No log is written yet.'
        : `No user${q ? ` has “${q}” in the name` : ''}${q && state ? ' and' : ''}${state ? ` has a log that is ${state}` : ''}.`}
    </p>
  </Empty>
)

const columnsOf = (writeAgain: Props['writeAgain']): readonly Column<RunLog>[] => [
  { title: 'User', cell: ({ userId }) => userId },
  { title: 'Log', cell: ({ state }) => <Mark tone={tones[state]}>{state}</Mark> },
  { title: 'Completions', cell: ({ completions }) => completions.toLocaleString('en'), isNumber: true },
  { title: 'Why and when', cell: what },
  {
    title: 'Command',
    cell: ({ userId }) => (
      <button type="button" onClick={() => writeAgain(userId)}>
        Write again<span class="unseen"> the log of {userId}</span>
      </button>
    ),
  },
]

function what({ state, revision, writtenAt, error, failedAt }: RunLog) {
  if (state === 'failed')
    return (
      <>
        <span class="reason">{error ?? 'The reason was not stored.'}</span>{' '}
        {failedAt && (
          <span class="help">
            since <Time at={failedAt} />
          </span>
        )}
      </>
    )
  return (
    <>
      {writtenAt && <Time at={writtenAt} />}{' '}
      {state === 'amended' && <span class="help">revision {revision}, amended last then</span>}
    </>
  )
}
