import { Dialog } from '../elements/dialog.tsx'
import { Switch } from '../elements/switch.tsx'
import { activeKeys } from '../keys/keys.ts'
import { singleKeys } from '../preferences/preferences.ts'

/** Lists the keys of the shown page. */
export const HelpDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keys" onClose={onClose}>
    {close => (
      <>
        <dl class="keys">
          {activeKeys.value.flat().map(({ key, does }) => (
            <div key={key}>
              <dt>
                <kbd>{key === ' ' ? 'Space' : key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <Switch of={singleKeys}>Single keys are commands</Switch>
        <p class="buttons">
          <button type="button" class="main" onClick={close}>
            Close
          </button>
        </p>
      </>
    )}
  </Dialog>
)
