import { useEffect, useRef } from 'preact/hooks'
import { editTask } from '../tasks/actions.ts'
import { type EditDraft, setDraft } from '../tasks/edit-drafts.ts'
import type { Details, Row } from '../tasks/task.ts'

interface Props {
  row: Row
  draft: EditDraft
  /** The field that has the focus first; undefined for a form that was opened before. */
  field: 'name' | 'dueOn' | undefined
  onClose: () => void
}

/** Changes a task in its place. Enter saves, Esc leaves it as it is. */
export function EditTask({ row, draft, field, onClose }: Props) {
  const { before, details, tags } = draft
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLInputElement>(`[name=${field}]`)?.focus(), [field])
  const set = (changes: Partial<Details>) =>
    setDraft(row.key, { ...draft, details: { ...details, ...changes } })
  const setTags = (text: string) => setDraft(row.key, { ...draft, tags: text })
  const save = (event: Event) => {
    event.preventDefault()
    const { name, notes, dueOn } = details
    if (name.trim() === '') return
    editTask(row, before, { name: name.trim(), notes, dueOn, tags: tagsIn(tags) })
    onClose()
  }
  return (
    <form
      ref={form}
      class="edit"
      onSubmit={save}
      onKeyDown={event => {
        // In an input method, Esc takes back what is being composed.
        if (event.key === 'Escape' && !event.isComposing) onClose()
      }}
    >
      <label class="wide">
        Name
        <input
          name="name"
          value={details.name}
          maxLength={500}
          required
          onInput={event => set({ name: event.currentTarget.value })}
        />
      </label>
      <label>
        Due
        <input
          name="dueOn"
          type="date"
          value={details.dueOn ?? ''}
          onInput={event => set({ dueOn: event.currentTarget.value || null })}
        />
      </label>
      <label>
        Tags, with commas between them
        <input value={tags} onInput={event => setTags(event.currentTarget.value)} />
      </label>
      <label class="wide">
        Notes
        <textarea
          rows={3}
          maxLength={10_000}
          value={details.notes ?? ''}
          onInput={event => set({ notes: event.currentTarget.value || null })}
        />
      </label>
      <p class="buttons wide">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" class="main">
          Save
        </button>
      </p>
    </form>
  )
}

const tagsIn = (text: string) =>
  [...new Set(text.split(',').map(tag => tag.trim()))].filter(tag => tag !== '')
