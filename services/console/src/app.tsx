import type { Config } from './session/config.ts'
import { session } from './session/session.ts'
import { Shell } from './shell/shell.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

/** The pages of the person who is signed in. When the session is over they are hidden, and keep what was typed. */
export function App({ config }: { config: Config }) {
  const { user, isOver = true } = session.value ?? {}
  return (
    <>
      {user !== undefined && (
        <div key={user} hidden={isOver}>
          <Shell />
        </div>
      )}
      {isOver && <SignInPage oidc={config.oidc} />}
    </>
  )
}
