import { Switch } from '../elements/switch.tsx'
import { inUtc, theme, themes } from '../preferences/preferences.ts'
import { session } from '../session/session.ts'
import { SignOutButton } from '../sign-in/sign-out-button.tsx'
import { ownZone } from '../time/zone.ts'

/** The menu of the person: colours, time zone, keys, signing out. */
export function PreferencesMenu({ onHelp }: { onHelp: () => void }) {
  return (
    <details class="menu">
      <summary>{session.value?.user}</summary>
      <div>
        <label>
          Colours{' '}
          <select
            value={theme.value}
            onChange={event => {
              theme.value = themes.find(one => one === event.currentTarget.value) ?? 'system'
            }}
          >
            {themes.map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Switch of={inUtc}>Show times in UTC instead of {ownZone}</Switch>
        <button type="button" onClick={onHelp}>
          Keys (?)
        </button>
        <SignOutButton>Sign out</SignOutButton>
      </div>
    </details>
  )
}
