import { useEffect, useState } from 'preact/hooks'
import { query, setQuery } from '../address/address.ts'

interface Props {
  label: string
  /** Its name in the query of the address. */
  name: string
  type?: 'text' | 'date'
  /** The id of a list of texts to choose from. */
  list?: string
}

/** A condition that a person types. Its text is in the address. It holds when the field is left, or with Enter. */
export function TextFilter({ label, name, type = 'text', list }: Props) {
  const inAddress = query.value.get(name) ?? ''
  // The address can change for another reason while a person types.
  const [text, setText] = useState(inAddress)
  useEffect(() => setText(inAddress), [inAddress])
  return (
    <label class="choice">
      {label}
      <input
        type={type}
        list={list}
        value={text}
        maxLength={255}
        size={12}
        autocomplete="off"
        spellcheck={false}
        onInput={event => setText(event.currentTarget.value)}
        onChange={event => setQuery({ [name]: event.currentTarget.value.trim(), cursor: undefined })}
      />
    </label>
  )
}
