import { useState } from 'preact/hooks'
import { now } from '../time/clock.ts'
import { dayOf, timeText } from '../time/local-time.ts'
import { shownZone } from '../time/zone.ts'
import { BarPlot } from './charts/bar-plot.tsx'
import { grouped, numberText } from './rates.ts'

const BAR_MINUTES = 15
const BAR_MS = BAR_MINUTES * 60_000

interface Props {
  title: string
  /** The counts of each minute. */
  values: readonly number[]
  /** When the first minute begins, in milliseconds since 1970. */
  from: number
}

/** The counts of a day as bars, with what matters of them in words: of the bar under the pointer, or of all. */
export function RateChart({ title, values, from }: Props) {
  const [pointed, point] = useState<number | null>(null)
  const bars = grouped(values, BAR_MINUTES)
  const zone = shownZone.value
  const timeOf = (bar: number) => timeText(from + bar * BAR_MS, zone, dayOf(now.value, zone))
  const words =
    pointed === null ? wordsOf(bars, timeOf) : `${numberText(bars[pointed] ?? 0)} from ${timeOf(pointed)} on`
  return (
    <figure class="chart">
      <figcaption>
        {title}: <span class="quiet">{words}</span>
      </figcaption>
      {bars.some(count => count > 0) && <BarPlot counts={bars} from={from} stepMs={BAR_MS} onPoint={point} />}
    </figure>
  )
}

function wordsOf(bars: readonly number[], timeOf: (bar: number) => string): string {
  const total = bars.reduce((sum, count) => sum + count, 0)
  if (total === 0) return 'none in 24 h'
  const most = Math.max(...bars)
  const busiest = timeOf(bars.indexOf(most))
  return `${numberText(total)} in 24 h, at most ${numberText(most)} in a quarter of an hour (${busiest})`
}
