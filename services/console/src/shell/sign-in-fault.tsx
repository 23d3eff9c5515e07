import { useRef } from 'preact/hooks'
import { useFocusAfter } from '../elements/lists/focus.ts'
import { signInFault } from '../sign-in/sign-in-page.tsx'
import { shownHeading } from './use-heading-focus.ts'

/** Says why a link did not sign in, while somebody is signed in. */
export const SignInFault = () => signInFault.value && <Told fault={signInFault.value} />

function Told({ fault }: { fault: string }) {
  const button = useRef<HTMLButtonElement>(null)
  useFocusAfter(button, shownHeading)
  return (
    <p class="fault" role="alert">
      {fault}{' '}
      <button
        type="button"
        ref={button}
        onClick={() => {
          signInFault.value = undefined
        }}
      >
        Dismiss
      </button>
    </p>
  )
}
