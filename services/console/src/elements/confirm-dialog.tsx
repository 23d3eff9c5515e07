import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'

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

/** Asks before an action. It is shown as long as it is rendered; Esc and Cancel close it, and the focus returns. */
export function ConfirmDialog({ title, action, typed, children, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [text, setText] = useState('')
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const confirm = (event: Event) => {
    event.preventDefault()
    onConfirm()
    onClose()
  }
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form onSubmit={confirm}>
        <h2 id={id}>{title}</h2>
        {children}
        {typed !== undefined && (
          <label>
            Type {typed} to confirm
            <input value={text} onInput={event => setText(event.currentTarget.value)} autocomplete="off" />
          </label>
        )}
        <p class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="main" disabled={typed !== undefined && text !== typed}>
            {action}
          </button>
        </p>
      </form>
    </dialog>
  )
}
