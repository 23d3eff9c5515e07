import { query, setQuery } from '../address/address.ts'
import { now } from './clock.ts'
import { isInstant } from './instant.ts'
import { timeText } from './local-time.ts'
import { shownZone } from './zone.ts'

const HOUR_MS = 3_600_000
const spans = [
  { name: 'last hour', ms: HOUR_MS },
  { name: 'last 24 hours', ms: 24 * HOUR_MS },
  { name: 'last 7 days', ms: 7 * 24 * HOUR_MS },
]

/**
 * Chooses since when something happened. The address has the instants `from` and `before`, so a link keeps its meaning.
 * @param label what happened, as in "Added"
 */
export function TimeFilter({ label }: { label: string }) {
  const given = [textOf('since', 'from'), textOf('before', 'before')].filter(Boolean).join(', ')
  const choose = (name: string) => {
    const span = spans.find(one => one.name === name)
    const since = span && new Date(now.peek() - span.ms).toISOString()
    setQuery({ from: since, before: undefined, cursor: undefined })
  }
  return (
    <label class="choice">
      {label}
      <select value={given === '' ? '' : 'given'} onChange={event => choose(event.currentTarget.value)}>
        <option value="">any time</option>
        {given !== '' && <option value="given">{given}</option>}
        {spans.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function textOf(word: string, name: string): string | undefined {
  const instant = query.value.get(name)
  return instant && isInstant(instant)
    ? `${word} ${timeText(Date.parse(instant), shownZone.value)}`
    : undefined
}
