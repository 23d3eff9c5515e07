import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { CommandButton } from '../../elements/command-button.tsx'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { Faults } from './faults.tsx'
import type { ReadAgain } from './from-first.tsx'
import type { Fields, textFields } from './kind-fields.ts'

/** A request, and what a screen reader is told when it succeeded. */
interface Request {
  send: () => Promise<{ error?: unknown }>
  done: string
}

interface Props {
  /** The name of the definition. */
  name: string
  /** The name of the form, where it has no section of its own. */
  label?: string
  save: Request
  /** Undefined: there is nothing to delete. */
  removal: (Request & { button: string; title: string; action: string; text: string }) | undefined
  readAgain: ReadAgain
  /** Is called when it was saved or deleted. */
  onDone: () => void
  onCancel: () => void
  children: ComponentChildren
}

/** The form of a definition: saves it, or deletes it after a question; shows why that was refused. */
export function DefinitionForm({ name, label, save, removal, readAgain, onDone, onCancel, children }: Props) {
  const [isAsked, ask] = useState(false)
  const command = useCommand()
  const run = async ({ send, done }: Request) => {
    const { error } = await command.run(send, done)
    if (error === undefined) onDone()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    run(save)
  }
  return (
    <>
      <form class={label === undefined ? undefined : 'definition'} aria-label={label} onSubmit={submit}>
        {children}
        <Faults
          problem={command.problem}
          onReadAgain={() => command.run(readAgain, `${name} was read again`)}
        />
        <p class="buttons">
          {removal && (
            <CommandButton isBusy={command.isRunning} onClick={() => ask(true)}>
              {removal.button}
            </CommandButton>
          )}
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
          <CommandButton type="submit" class="main" isBusy={command.isRunning}>
            Save
          </CommandButton>
        </p>
      </form>
      {isAsked && removal && (
        <ConfirmDialog
          title={removal.title}
          action={removal.action}
          onConfirm={() => run(removal)}
          onClose={() => ask(false)}
        >
          <p>{removal.text}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

interface InputsProps {
  of: readonly (typeof textFields)[number][]
  fields: Fields
  set: (changes: Partial<Fields>) => void
}

/** The fields of a definition that are typed. */
export const TextInputs = ({ of, fields, set }: InputsProps) => (
  <div class="fields">
    {of.map(({ name, label, help }) => (
      <label key={name}>
        {label}
        <input
          value={fields[name]}
          placeholder={help}
          autocomplete="off"
          onInput={event => set({ [name]: event.currentTarget.value })}
        />
      </label>
    ))}
  </div>
)
