import { shortDay } from '../../time/days.ts'
import { dateBands, EAST, offsetText, WEST, type Zone } from './zones.ts'

const place = (offset: number) => ((offset - WEST) / (EAST - WEST)) * 100
const percent = (offset: number) => `${place(offset)}%`

interface Props {
  zones: readonly Zone[]
  /** The names of the time zones whose day is being closed. */
  closing: ReadonlySet<string>
  now: number
}

const LABELS = [-720, -360, 0, 360, 720]
// Less wide parts have no room for their date.
const ROOM = 16
// A date without its weekday has room on a narrow screen too.
const WEEKDAY = 'Mon '.length

/** The world from west to east: which local date it is where, a line where it is midnight now, and a mark for each offset in use. */
export function ZoneBand({ zones, closing, now }: Props) {
  const bands = dateBands(now)
  const inUse = [...new Set(zones.map(({ offset }) => offset))]
  const busy = new Set(zones.filter(({ timeZone }) => closing.has(timeZone)).map(({ offset }) => offset))
  return (
    <svg class="band" role="img" aria-label={bandText(zones, closing, now)}>
      {bands.map(({ day, from, to }, i) => (
        <g key={day} class={`date-${(bands.length - 1 - i) % 3}`}>
          <rect x={percent(from)} width={`${place(to) - place(from)}%`} y="18" height="44" />
          {place(to) - place(from) > ROOM && (
            <text x={percent((from + to) / 2)} y="38" text-anchor="middle">
              {shortDay(day).slice(WEEKDAY)}
            </text>
          )}
          {from > WEST && (
            <>
              <line class="midnight" x1={percent(from)} x2={percent(from)} y1="14" y2="66" />
              <text class="now" x={percent(from)} y="11" text-anchor={anchorAt(from)}>
                midnight now
              </text>
            </>
          )}
        </g>
      ))}
      {inUse.map(offset => (
        <g key={offset}>
          <line class="offset" x1={percent(offset)} x2={percent(offset)} y1="54" y2="62" />
          {busy.has(offset) && <circle class="busy" cx={percent(offset)} cy="54" r="5" />}
        </g>
      ))}
      {LABELS.map(offset => (
        <text key={offset} class="label" x={percent(offset)} y="80" text-anchor={anchorAt(offset)}>
          {offsetText(offset)}
        </text>
      ))}
    </svg>
  )
}

const anchorAt = (offset: number) => (place(offset) < 10 ? 'start' : place(offset) > 88 ? 'end' : 'middle')

function bandText(zones: readonly Zone[], closing: ReadonlySet<string>, now: number): string {
  const dates = dateBands(now).map(
    ({ day, from, to }) => `${shortDay(day)} from ${offsetText(from)} to ${offsetText(to)}`,
  )
  const closes = closing.size === 0 ? '' : ` The day is being closed in ${[...closing].join(', ')}.`
  return `Local dates now, in ${zones.length} time zones: ${dates.join('; ')}.${closes} The table below says when each day ends.`
}
