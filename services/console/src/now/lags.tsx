import { type GroupLag, type LagHistory, type Trend, trendOf } from './lag.ts'
import { numberText } from './rates.ts'

const trendWords: Record<Trend, string> = { grows: ', grows', shrinks: ', shrinks', steady: '' }

/** How far the consumer groups of a part are behind. */
export const Lags = ({ lags, history }: { lags: readonly GroupLag[]; history: LagHistory }) => (
  <ul class="lags">
    {lags.map(lag => (
      <li key={`${lag.group} ${lag.topic}`}>
        <span class={isLate(lag) ? 'late' : undefined}>{lagText(lag, trendOf(history, lag))}</span>{' '}
        <span class="name">{lag.group}</span>
      </li>
    ))}
  </ul>
)

const LATE_SECONDS = 10

const isLate = ({ trouble, seconds = 0 }: GroupLag) => trouble !== undefined || seconds >= LATE_SECONDS

/** `12 s, grows`, `0 s`, `340 records`, or why a group does not consume. */
export function lagText({ trouble, seconds, records }: GroupLag, trend: Trend): string {
  if (trouble !== undefined) return `stands still: ${trouble}`
  if (seconds !== undefined) return `${numberText(seconds)} s${trendWords[trend]}`
  return records === 0 ? 'not measured yet' : `${numberText(records)} records`
}
