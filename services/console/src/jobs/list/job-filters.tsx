import { query, setQuery } from '../../address/address.ts'
import { SearchField } from '../../elements/search-field.tsx'
import { TextFilter } from '../../elements/text-filter.tsx'
import { TimeFilter } from '../../time/time-filter.tsx'
import { noConditions } from './conditions.ts'

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
      <TimeFilter label="Added" />
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
