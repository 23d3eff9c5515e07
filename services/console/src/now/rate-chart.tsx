import { now } from '../time/clock.ts'
import { dayOf, timeText } from '../time/local-time.ts'
import { shownZone } from '../time/zone.ts'
import { grouped, numberText } from './rates.ts'

const MINUTE_MS = 60_000
// A bar is a quarter of an hour.
const BAR_MINUTES = 15
const HEIGHT = 40

interface Props {
  title: string
  /** The counts of each minute. */
  values: readonly number[]
  /** When the first minute begins, in milliseconds since 1970. */
  from: number
}

/** The counts of a day as bars, with what matters of them in words. */
export function RateChart({ title, values, from }: Props) {
  const zone = shownZone.value
  const today = dayOf(now.value, zone)
  const bars = grouped(values, BAR_MINUTES)
  const most = Math.max(...bars)
  const total = values.reduce((sum, value) => sum + value, 0)
  const busiest = timeText(from + bars.indexOf(most) * BAR_MINUTES * MINUTE_MS, zone, today)
  const words =
    total === 0
      ? 'none in 24 h'
      : `${numberText(total)} in 24 h, at most ${numberText(most)} in a quarter of an hour (${busiest})`
  return (
    <figure class="chart">
      <figcaption>
        {title}: <span class="quiet">{words}</span>
      </figcaption>
      {total > 0 && (
        <>
          <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
            <path d={barsOf(bars, most)} />
          </svg>
          <div class="axis" aria-hidden="true">
            {[0, 0.25, 0.5, 0.75].map(part => (
              <span key={part}>{timeText(from + part * values.length * MINUTE_MS, zone, today)}</span>
            ))}
            <span>now</span>
          </div>
        </>
      )}
    </figure>
  )
}

/** The path of the bars: each is 0.8 wide, and the largest as high as the picture. */
export const barsOf = (bars: readonly number[], most: number): string =>
  bars
    .map((value, i) => {
      // A bar that is not 0 can be seen.
      const height = value === 0 ? 0 : Math.max(1, (value / most) * HEIGHT)
      return height === 0 ? '' : `M${i + 0.1} ${HEIGHT}v-${height.toFixed(1)}h0.8V${HEIGHT}z`
    })
    .join('')
