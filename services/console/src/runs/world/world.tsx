import type { Column } from '../../elements/data-table.tsx'
import { LiveTable } from '../../elements/live-table.tsx'
import { Mark } from '../../elements/mark.tsx'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useEvents } from '../../live/use-events.ts'
import { useEvery } from '../../live/use-every.ts'
import { now } from '../../time/clock.ts'
import { shortDay } from '../../time/days.ts'
import { durationText } from '../../time/duration-text.ts'
import { Time } from '../../time/time.tsx'
import { scheduleOfZone } from './links.ts'
import { readZones } from './read-zones.ts'
import { ZoneBand } from './zone-band.tsx'
import { type DayEnd, dayEnds, offsetText, type Zone } from './zones.ts'

const EVENTS = new Set(['EndOfDay'])
const EVERY_MS = 60_000
const SHOWN_ENDS = 3
const SHOWN_ZONES = 3
// The scheduler ends a day within a second or two.
const LATE_AFTER_MS = 60_000

/**
 * The world's time zones: which dates are alive now, and which days end next.
 * @param closing the names of the time zones whose day is being closed
 */
export function World({ closing }: { closing: ReadonlySet<string> }) {
  const version = `${useEvents(EVENTS)} ${useEvery(EVERY_MS)}`
  const read = useRead(readZones, [], version)
  return (
    <section class="world" aria-label="The world's days">
      <Shown read={read} what="the ends of days">
        {zones => (
          <>
            <ZoneBand zones={zones} closing={closing} now={now.value} />
            <Ends zones={zones} />
          </>
        )}
      </Shown>
    </section>
  )
}

function Ends({ zones }: { zones: readonly Zone[] }) {
  const ends = dayEnds(zones)
  const late = ends.filter(({ endsAt }) => now.value - endsAt > LATE_AFTER_MS)
  if (ends.length === 0) return <p>The scheduler ends no days: the setting TIME_ZONES is empty.</p>
  return (
    <>
      <h2>Next days to end</h2>
      <Late late={late} />
      <LiveTable
        of="ends"
        summary={`${Math.min(ends.length, SHOWN_ENDS)} of ${ends.length} times at which days end`}
        caption="Next days to end"
        columns={columns}
        rows={ends.slice(0, SHOWN_ENDS)}
        keyOf={({ endsAt, day }) => `${endsAt} ${day}`}
      />
    </>
  )
}

/** It is always there, so that the rows below it do not move when a day is late. */
const Late = ({ late }: { late: readonly DayEnd[] }) => (
  <p class="lateness">
    {late.length === 0 ? (
      <>
        <Mark tone="good">on time</Mark> Every day that is over was ended.
      </>
    ) : (
      <>
        <Mark tone="bad">late</Mark> {countOf(late)} time zones have a day that is over and was not ended. The
        scheduler does not run, or cannot store or publish.
      </>
    )}
  </p>
)

const countOf = (ends: readonly DayEnd[]) => ends.reduce((sum, { zones }) => sum + zones.length, 0)

const columns: readonly Column<DayEnd>[] = [
  {
    title: 'In',
    cell: ({ endsAt }) => (
      <strong class="soon">{endsAt > now.value ? durationText(endsAt - now.value) : 'now'}</strong>
    ),
  },
  { title: 'At', cell: ({ endsAt }) => <Time at={new Date(endsAt).toISOString()} /> },
  { title: 'Day', cell: ({ day }) => shortDay(day) },
  { title: 'In the zones', cell: ({ zones }) => <ZoneNames zones={zones} /> },
]

function ZoneNames({ zones }: Pick<DayEnd, 'zones'>) {
  const [first] = zones
  const more = zones.length - SHOWN_ZONES
  return (
    <>
      {first && offsetText(first.offset)}:{' '}
      {zones.slice(0, SHOWN_ZONES).map(({ timeZone }, i) => (
        <span key={timeZone}>
          {i > 0 && ', '}
          <a href={scheduleOfZone(timeZone)}>{timeZone}</a>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  )
}
