import { useState } from 'preact/hooks'
import { href, query } from '../../address/address.ts'
import { type Column, DataTable } from '../../elements/data-table.tsx'
import { More } from '../../elements/lists/more.tsx'
import { useCount } from '../../elements/lists/show-more.tsx'
import { Empty, Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { Ago } from '../../time/time.tsx'
import { type Limit, readLimits } from './definitions.ts'
import { limitText } from './kind-fields.ts'
import { LimitForm } from './limit-form.tsx'
import { NameForm } from './name-form.tsx'

// The scheduler tells so many at once; a search finds the others.
const MOST = 1000

/** The limits that several kinds share. */
export function LimitsView() {
  const open = query.value.get('limit') ?? undefined
  const [changes, setChanges] = useState(0)
  const q = query.value.get('q') ?? ''
  const { count, more } = useCount(q)
  const limit = Math.min(count, MOST)
  const read = useRead(signal => readLimits({ q, limit }, signal), [q], `${changes} ${limit}`)
  return (
    <>
      <h2>Shared limits</h2>
      <p class="help">A kind names the limits that it shares with other kinds.</p>
      <Shown read={read} what="the shared limits">
        {({ rows: limits, nextAfter }) => (
          <>
            {open !== undefined && (
              <LimitForm key={open} name={open} onChange={() => setChanges(before => before + 1)} />
            )}
            {limits.length === 0 ? (
              <Empty>
                <p>{q ? `No shared limit has “${q}” in its name.` : 'There are no shared limits.'}</p>
              </Empty>
            ) : (
              <>
                <DataTable
                  caption="Shared limits"
                  columns={columns}
                  rows={limits}
                  keyOf={({ name }) => name}
                />
                <More count={count} hasMore={nextAfter !== null && limit < MOST} more={more} />
              </>
            )}
          </>
        )}
      </Shown>
      <NameForm label="Another limit" of="limit" />
    </>
  )
}

const columns: readonly Column<Limit>[] = [
  {
    title: 'Limit',
    cell: ({ name }) => (
      <a href={href(`/jobs?${new URLSearchParams({ view: 'kinds', limit: name })}`)}>{name}</a>
    ),
  },
  { title: 'Rule', cell: ({ definition }) => limitText(definition) },
  {
    title: 'Changed',
    cell: ({ changedAt, changedBy }) => (
      <>
        <Ago at={changedAt} />
        <span class="why">by {changedBy}</span>
      </>
    ),
  },
]
