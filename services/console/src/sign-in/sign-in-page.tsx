import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Config } from '../session/config.ts'
import { faultOf, session, signIn } from '../session/session.ts'
import { startOidc } from './oidc.ts'
import { SignOutButton } from './sign-out-button.tsx'

/** Why a way to sign in that was begun elsewhere has failed. */
export const signInFault = signal<string | undefined>(undefined)

/** Shown while nobody is signed in, and over the pages when a session is over. */
export function SignInPage({ oidc }: Pick<Config, 'oidc'>) {
  const over = session.value
  return (
    <main class="sign-in">
      <h1>Daybook</h1>
      {over ? <Over user={over.user} /> : <p>Sign in to see your tasks and days.</p>}
      {signInFault.value && (
        <p class="fault" role="alert">
          {signInFault}
        </p>
      )}
      {oidc && (
        <p>
          <button type="button" class="main" onClick={() => begin(oidc)}>
            Sign in at {new URL(oidc.issuer).host}
          </button>
        </p>
      )}
      <TokenForm />
    </main>
  )
}

const begin = async (oidc: NonNullable<Config['oidc']>) => {
  signInFault.value = await startOidc(oidc)
}

const Over = ({ user }: { user: string }) => (
  <p>
    The session of <strong>{user}</strong> is over. What you typed is kept: sign in again to go on.{' '}
    <SignOutButton>Sign in as somebody else</SignOutButton>
  </p>
)

function TokenForm() {
  const [token, setToken] = useState('')
  const [fault, setFault] = useState<string>()
  const submit = (event: Event) => {
    event.preventDefault()
    const found = faultOf(token.trim())
    setFault(found)
    if (found !== undefined) return
    signInFault.value = undefined
    signIn({ token: token.trim() })
  }
  return (
    <form onSubmit={submit}>
      <label for="token">Token</label>
      <input
        id="token"
        type="password"
        autocomplete="off"
        spellcheck={false}
        required
        value={token}
        aria-describedby="token-help"
        onInput={event => setToken(event.currentTarget.value)}
      />
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <p id="token-help" class="help">
        On your own machine <code>npm run -s token -- alice</code> makes one. The open tabs of this browser
        share it, and it is gone when they are closed.
      </p>
      <button type="submit" class="main">
        Sign in
      </button>
    </form>
  )
}
