import { useEffect } from 'preact/hooks'
import { announce } from '../elements/announcer.tsx'
import { focusOn, isFocusSeen } from '../elements/lists/focus.ts'
import { useKeys } from '../keys/keys.ts'
import { lastAction, undoLast } from '../tasks/actions.ts'

/** What was told of last: coming back to the page is no new action. */
let told: typeof lastAction.value

function undoAndTell(): void {
  if (lastAction.peek() === undefined) return
  undoLast()
  announce('Undone.')
}

/** Offers to undo the last action, until the next one. */
export function UndoBar() {
  useKeys([
    { key: 'u', does: 'Undo', run: undoAndTell },
    { key: 'Ctrl+z', does: 'Undo', run: undoAndTell },
  ])
  const { value } = lastAction
  useEffect(() => {
    if (value && value !== told) announce(value.text)
    told = value
  }, [value])
  if (value === undefined) return null
  // The button goes away.
  const undo = () => {
    if (isFocusSeen()) focusOn(document.querySelector('#tasks'))
    undoAndTell()
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
