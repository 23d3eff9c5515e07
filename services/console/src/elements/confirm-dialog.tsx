import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Dialog } from './dialog.tsx'

interface Props {
  title: string
  /** The action as a verb, for the button: "Delete 3 jobs". */
  action: string
  /** What must be typed first, for actions that cannot be undone. */
  typed?: string
  children?: ComponentChildren
  onConfirm: () => void
  onClose: () => void
}

/** Asks before an action. Esc and Cancel close it. */
export function ConfirmDialog({ title, action, typed, children, onConfirm, onClose }: Props) {
  const [text, setText] = useState('')
  return (
    <Dialog title={title} onClose={onClose}>
      {close => (
        <form
          onSubmit={event => {
            event.preventDefault()
            onConfirm()
            // Not by removing it: only a dialog that is closed gives the focus back.
            close()
          }}
        >
          {children}
          {typed !== undefined && (
            <label>
              Type {typed} to confirm
              <input value={text} onInput={event => setText(event.currentTarget.value)} autocomplete="off" />
            </label>
          )}
          <p class="buttons">
            <button type="button" onClick={close}>
              Cancel
            </button>
            <button type="submit" class="main" disabled={typed !== undefined && text !== typed}>
              {action}
            </button>
          </p>
        </form>
      )}
    </Dialog>
  )
}
