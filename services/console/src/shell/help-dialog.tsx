import { useEffect, useRef } from 'preact/hooks'
import { activeKeys } from '../keys/keys.ts'
import { singleKeys } from '../preferences/preferences.ts'

/** Lists the keys of the shown page. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {activeKeys.value.flat().map(({ key, does }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={event => {
            singleKeys.value = event.currentTarget.checked
          }}
        />{' '}
        Single keys are commands
      </label>
      <p class="buttons">
        <button type="button" class="main" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </p>
    </dialog>
  )
}
