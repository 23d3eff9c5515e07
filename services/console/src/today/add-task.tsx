import { useEffect, useRef, useState } from 'preact/hooks'
import { useKeys } from '../keys/keys.ts'
import { keep, kept } from '../session/kept.ts'
import { session } from '../session/session.ts'
import { createTask } from '../tasks/actions.ts'
import { parseLine } from '../tasks/parse-line.ts'
import { shortDay } from '../time/days.ts'

const MOST_CHARACTERS = 500

/** The line in which a person types new tasks. What is typed survives a reload, and is shown to nobody else. */
export function AddTask({ today }: { today: string }) {
  const user = session.peek()?.user ?? ''
  const [line, setLine] = useState(() => kept<string>('line', user) ?? '')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => keep('line', user, line), [user, line])
  useKeys([{ key: 'q', does: 'Add a task', run: () => input.current?.focus() }])
  const details = parseLine(line, today)
  const number = details.tags.find(tag => /^\d+$/.test(tag))
  const submit = (event: Event) => {
    event.preventDefault()
    if (details.name === '') return
    createTask(details)
    setLine('')
  }
  return (
    <form class="add" onSubmit={submit}>
      <label class="unseen" for="new-task">
        New task
      </label>
      <input
        id="new-task"
        ref={input}
        value={line}
        maxLength={MOST_CHARACTERS}
        autocomplete="off"
        dir="auto"
        placeholder="Water the plants #home due:friday"
        aria-describedby="new-task-read"
        onInput={event => setLine(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Escape' && !event.isComposing) event.currentTarget.blur()
        }}
      />
      <button type="submit" class="main" disabled={details.name === ''}>
        Add
      </button>
      <p id="new-task-read" class="help">
        {(details.dueOn || details.tags.length > 0) && (
          <>
            {details.name || 'It needs a name, besides'}{' '}
            {details.dueOn && `· due ${shortDay(details.dueOn)} `}
            {details.tags.map(tag => `#${tag} `)}
            {number && `(\\#${number} stays in the name)`}
          </>
        )}
      </p>
    </form>
  )
}
