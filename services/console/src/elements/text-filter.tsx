import { query, setQuery } from '../address/address.ts'

/** A condition that a person types. Its text is in the address. It holds when the field is left, or with Enter. */
export const TextFilter = ({ label, name }: { label: string; name: string }) => (
  <label class="choice">
    {label}
    <input
      value={query.value.get(name) ?? ''}
      maxLength={255}
      size={12}
      autocomplete="off"
      spellcheck={false}
      onChange={event => setQuery({ [name]: event.currentTarget.value.trim(), cursor: undefined })}
    />
  </label>
)
