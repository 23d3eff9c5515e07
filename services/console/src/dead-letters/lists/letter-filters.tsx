import { query } from '../../address/address.ts'
import { SearchField } from '../../elements/search-field.tsx'
import { TextFilter } from '../../elements/text-filter.tsx'
import { type Service, services } from '../letters/letter.ts'

interface Props {
  service: Service
  isFiltered: boolean
  onService: (service: string) => void
}

/** Chooses the service, and the conditions for its letters. */
export const LetterFilters = ({ service, isFiltered, onService }: Props) => (
  <div class="filters">
    <SearchField label="Text in error, key, headers or value" name="text" />
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
    <TextFilter label="Topic" name="topic" />
    <TextFilter label="Consumer group" name="group" />
    <TextFilter label="Key" name="key" />
    <TextFilter label="Error" name="error" />
    {isFiltered && (
      <button type="button" class="plain" onClick={() => onService(query.value.get('service') ?? service)}>
        Clear
      </button>
    )}
  </div>
)
