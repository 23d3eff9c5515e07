import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ConfirmDialog } from '../elements/confirm-dialog.tsx'
import { isAnythingKept } from '../session/kept.ts'
import { leave } from './sign-out.ts'

/** Signs out; asks before, when that would lose what the person has not saved. */
export function SignOutButton({ children }: { children: ComponentChildren }) {
  const [asks, ask] = useState(false)
  return (
    <>
      <button type="button" onClick={() => (isAnythingKept() ? ask(true) : leave())}>
        {children}
      </button>
      {asks && (
        <ConfirmDialog
          title="Discard what is not saved?"
          action="Discard and sign out"
          onConfirm={leave}
          onClose={() => ask(false)}
        >
          <p>This tab has changes or texts that are not saved. Signing out discards them.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
