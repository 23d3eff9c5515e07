import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { query, setQuery } from '../address/address.ts'
import { useKeys } from '../keys/keys.ts'

const PAUSE_MS = 200

/**
 * A search whose text is in the address, so that it can be linked. `/` moves to it, Esc empties it.
 * @param name of the text in the query
 */
export function SearchField({ label, name = 'q' }: { label: string; name?: string }) {
  const inAddress = query.value.get(name) ?? ''
  const [text, setText] = useState(inAddress)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<number>()
  const id = useId()
  // What is typed stays as it is: the address has it without the spaces around it.
  useEffect(() => setText(shown => (shown.trim() === inAddress ? shown : inAddress)), [inAddress])
  useEffect(() => () => window.clearTimeout(timer.current), [])
  useKeys([{ key: '/', does: 'Search', run: () => input.current?.focus() }])
  const search = (wanted: string) => {
    setText(wanted)
    window.clearTimeout(timer.current)
    // A search begins with its first page.
    const change = () => setQuery({ [name]: wanted.trim(), cursor: undefined }, { replace: true })
    timer.current = window.setTimeout(change, PAUSE_MS)
  }
  return (
    <div class="search">
      <label class="unseen" for={id}>
        {label}
      </label>
      <input
        id={id}
        ref={input}
        type="search"
        placeholder={label}
        maxLength={200}
        value={text}
        onInput={event => search(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape' && !event.isComposing) search('')
        }}
      />
    </div>
  )
}
