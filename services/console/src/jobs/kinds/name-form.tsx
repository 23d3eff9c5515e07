import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'

interface Props {
  label: string
  /** The name in the query that gets the text. */
  of: 'kind' | 'limit'
}

/** Asks for the name of something, and opens its form. */
export function NameForm({ label, of }: Props) {
  const [name, setName] = useState('')
  const open = (event: Event) => {
    event.preventDefault()
    setQuery({ [of]: name.trim() })
    setName('')
  }
  return (
    <form class="filters" onSubmit={open}>
      <label class="choice">
        {label}
        <input value={name} maxLength={63} required onInput={event => setName(event.currentTarget.value)} />
      </label>
      <button type="submit">Write</button>
    </form>
  )
}
