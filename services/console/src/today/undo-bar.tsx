import { useEffect } from 'preact/hooks'
import { announce } from '../elements/announcer.tsx'
import { focusOn, isFocusSeen } from '../elements/lists/focus.ts'
import { useKeys } from '../keys/keys.ts'
import { lastAction, undoLast } from '../tasks/actions.ts'

/** Offers to undo the last action, until the next one. */
export function UndoBar() {
  useKeys([
    { key: 'u', does: 'Undo', run: undoLast },
    { key: 'Ctrl+z', does: 'Undo', run: undoLast },
  ])
  const { value } = lastAction
  useEffect(() => {
    if (value) announce(value.text)
  }, [value])
  if (value === undefined) return null
  // The button goes away.
  const undo = () => {
    if (isFocusSeen()) focusOn(document.querySelector('#tasks'))
    undoLast()
  }
  return (
    <div class="undo">
      <span>{value.text}</span>{' '}
      <button type="button" onClick={undo}>
        Undo <kbd>u</kbd>
      </button>
    </div>
  )
}
