import { effect } from '@preact/signals'
import { render } from 'preact'
import { App } from './app.tsx'
import { askBeforeLeaving } from './bulk/use-bulk.ts'
import { listenForKeys } from './keys/keys.ts'
import { startLive } from './live/live.ts'
import { applyTheme } from './preferences/preferences.ts'
import { readConfig } from './session/config.ts'
import { shareSession } from './session/other-tabs.ts'
import { session } from './session/session.ts'
import { followLinks } from './shell/follow-links.ts'
import { signInByCode, takeCode } from './sign-in/link-code.ts'
import { finishOidc } from './sign-in/oidc.ts'
import { keepRenewing } from './sign-in/renew.ts'
import { signInFault } from './sign-in/sign-in-page.tsx'
import { revokeOnSignOut } from './sign-in/sign-out.ts'
import { sendOnReturn } from './tasks/carry-out.ts'
import { keepUnsaved } from './tasks/kept.ts'
import { startClock } from './time/clock.ts'
import { ownZone } from './time/zone.ts'

const code = takeCode()
applyTheme()
startClock()
followLinks()
listenForKeys()
const [config] = await Promise.all([readConfig(), shareSession()])
effect(() => {
  ownZone.value = session.value?.timeZone ?? config.timeZone
})
if (code !== undefined) signInFault.value = await signInByCode(code)
else if (config.oidc) signInFault.value = await finishOidc(config.oidc)
// A link that is pasted into this tab changes only what is behind the #.
window.addEventListener('hashchange', async () => {
  const pasted = takeCode()
  if (pasted !== undefined) signInFault.value = await signInByCode(pasted)
})
if (config.oidc) {
  keepRenewing(config.oidc)
  revokeOnSignOut(config.oidc)
}
startLive()
sendOnReturn()
keepUnsaved()
askBeforeLeaving()
render(<App config={config} />, document.getElementById('app') as HTMLElement)
