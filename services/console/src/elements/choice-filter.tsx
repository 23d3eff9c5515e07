import { query, setQuery } from '../address/address.ts'

interface Props {
  label: string
  /** Its name in the query of the address. */
  name: string
  choices: readonly string[]
}

/** Chooses one of some values, or all. The choice is in the address, so that it can be linked. */
export const ChoiceFilter = ({ label, name, choices }: Props) => (
  <label class="choice">
    {label}{' '}
    <select
      value={query.value.get(name) ?? ''}
      onChange={event => setQuery({ [name]: event.currentTarget.value, cursor: undefined })}
    >
      <option value="">all</option>
      {choices.map(choice => (
        <option key={choice} value={choice}>
          {choice}
        </option>
      ))}
    </select>
  </label>
)
