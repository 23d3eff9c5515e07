import { query, setQuery } from '../../address/address.ts'
import { SearchField } from '../../elements/search-field.tsx'
import { TextFilter } from '../../elements/text-filter.tsx'
import { now } from '../../time/clock.ts'
import { timeText } from '../../time/local-time.ts'
import { shownZone } from '../../time/zone.ts'
import { conditionsOf, noConditions } from './conditions.ts'

const HOUR_MS = 3_600_000
const spans = [
  { name: 'last hour', ms: HOUR_MS },
  { name: 'last 24 hours', ms: 24 * HOUR_MS },
  { name: 'last 7 days', ms: 7 * 24 * HOUR_MS },
]

const seldom = [
  { name: 'key', label: 'Key' },
  { name: 'group', label: 'Group' },
  { name: 'schedule', label: 'Schedule' },
]

/** The conditions of the list, which are in the address. */
export function JobFilters({ isFiltered }: { isFiltered: boolean }) {
  return (
    <div class="filters">
      <SearchField label="Beginning of an id, or text of an error" />
      <TextFilter label="Kind" name="kind" />
      <TextFilter label="Lane" name="lane" />
      <TimeFilter />
      <details open={seldom.some(({ name }) => query.value.has(name))}>
        <summary>More</summary>
        {seldom.map(({ name, label }) => (
          <TextFilter key={name} label={label} name={name} />
        ))}
      </details>
      {isFiltered && (
        <button type="button" class="plain" onClick={() => setQuery(noConditions)}>
          Clear
        </button>
      )}
    </div>
  )
}

/** Chooses since when jobs were added. The address has the instant, so a link keeps its meaning. */
function TimeFilter() {
  const { from, before } = conditionsOf(query.value)
  const textOf = (instant: string) => timeText(Date.parse(instant), shownZone.value)
  const given = [from && `since ${textOf(from)}`, before && `before ${textOf(before)}`]
    .filter(Boolean)
    .join(', ')
  const choose = (name: string) => {
    const span = spans.find(one => one.name === name)
    const since = span && new Date(now.peek() - span.ms).toISOString()
    setQuery({ from: since, before: undefined, cursor: undefined })
  }
  return (
    <label class="choice">
      Added
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
