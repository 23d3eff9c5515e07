import { query, setQuery } from '../../address/address.ts'
import { ChoiceFilter } from '../../elements/choice-filter.tsx'
import { SearchField } from '../../elements/search-field.tsx'
import { TextFilter } from '../../elements/text-filter.tsx'
import { TimeFilter } from '../../time/time-filter.tsx'
import { noConditions } from '../letters/conditions.ts'
import { type LetterGroup, type Service, services } from '../letters/letter.ts'

interface Props {
  service: Service
  groups: readonly LetterGroup[]
  isFiltered: boolean
  onService: (service: string) => void
}

/** Chooses the service, and the conditions for its letters. */
export const LetterFilters = ({ service, groups, isFiltered, onService }: Props) => (
  <div class="filters">
    <SearchField label="Any text of a letter" name="text" />
    <label class="choice">
      Service{' '}
      <select value={service} onChange={event => onService(event.currentTarget.value)}>
        {services.map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
    <ChoiceFilter label="Topic" name="topic" choices={choicesOf('topic', groups)} />
    <ChoiceFilter label="Consumer group" name="group" choices={choicesOf('group', groups)} />
    <TextFilter label="Key" name="key" />
    <TextFilter label="Error" name="error" />
    {query.value.has('errorGroup') && <TextFilter label="Errors like" name="errorGroup" />}
    <TimeFilter label="Parked" />
    {isFiltered && (
      <button type="button" class="plain" onClick={() => setQuery(noConditions)}>
        Clear
      </button>
    )}
  </div>
)

/** The topics or consumer groups that have letters, and the one in the address. */
const choicesOf = (name: 'topic' | 'group', groups: readonly LetterGroup[]): string[] => [
  ...new Set([...groups.map(group => group[name]), ...query.value.getAll(name)].toSorted()),
]
