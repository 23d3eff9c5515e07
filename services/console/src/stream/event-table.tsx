import { href, query, queryHref } from '../address/address.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { now } from '../time/clock.ts'
import { dayOf, secondText } from '../time/local-time.ts'
import { Time } from '../time/time.tsx'
import { shownZone } from '../time/zone.ts'
import type { StreamRow } from './event-log.ts'
import { aboutOf, userOf } from './event-words.ts'

/** The address of an event. The conditions stay in it, for the way back. */
const eventHref = (id: string) => {
  const conditions = query.value.toString()
  return href(`/stream/${encodeURIComponent(id)}${conditions === '' ? '' : `?${conditions}`}`)
}

function Missing({ from, to }: { from: number; to: number }) {
  const zone = shownZone.value
  const [first, last] = [from, to].map(at => secondText(at, zone, dayOf(now.value, zone)))
  return (
    <strong class="gap">
      Events between {first} and {last} may be missing
    </strong>
  )
}

const columns: readonly Column<StreamRow>[] = [
  {
    title: 'Event',
    cell: row =>
      row.type === 'gap' ? (
        <strong class="gap">Gap</strong>
      ) : (
        <a href={eventHref(row.key)}>{row.event.type}</a>
      ),
  },
  { title: 'About', cell: row => (row.type === 'gap' ? <Missing {...row} /> : aboutOf(row.event)) },
  {
    title: 'User',
    cell(row) {
      const user = row.type === 'event' ? userOf(row.event) : undefined
      return user !== undefined && <a href={queryHref({ user })}>{user}</a>
    },
  },
  {
    title: 'Time',
    isWhole: true,
    cell: row => row.type === 'event' && <Time at={row.event.time} toTheSecond />,
  },
]

/** Rows of the stream, the newest on top. */
export const EventTable = ({ rows }: { rows: readonly StreamRow[] }) => (
  <DataTable caption="Events" columns={columns} rows={rows} keyOf={({ key }) => key} isLong />
)
