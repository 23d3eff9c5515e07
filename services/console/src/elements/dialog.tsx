import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { session } from '../session/session.ts'

interface Props {
  title: string
  /** Gets the function that closes it, as Esc does. */
  children: (close: () => void) => ComponentChildren
  onClose: () => void
}

/**
 * A modal dialog, which is shown as long as it is rendered. When it closes, the focus returns to where it was. While its page is
 * hidden, because the session is over, it waits with what was typed into it: else the page for signing in would be inert.
 */
export function Dialog({ title, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const isWaiting = () => dialog.current?.closest('[hidden]') !== null
  useEffect(() => {
    if (isWaiting()) dialog.current?.close()
    else if (!dialog.current?.open) dialog.current?.showModal()
  }, [session.value?.isOver])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={() => isWaiting() || onClose()}>
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>
  )
}
