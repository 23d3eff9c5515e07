import { ChoiceFilter } from '../elements/choice-filter.tsx'
import { SearchField } from '../elements/search-field.tsx'
import { TextFilter } from '../elements/text-filter.tsx'
import { eventTypes } from './event-filter.ts'

/** The conditions of the list, which are in the address. */
export const StreamFilters = () => (
  <div class="filters">
    <SearchField label="A text, an id or a name in the event" />
    <ChoiceFilter label="Type" name="type" choices={eventTypes} />
    <TextFilter label="User" name="user" />
    <TextFilter label="Task" name="task" />
  </div>
)
