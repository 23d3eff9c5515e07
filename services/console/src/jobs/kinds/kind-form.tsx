import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { deleteKind, putKind, readKind } from './definitions.ts'
import { Faults } from './faults.tsx'
import { FromFirst, type ReadAgain } from './from-first.tsx'
import { definitionOf, fieldsOf, type Kind, textFields } from './kind-fields.ts'

interface Props {
  name: string
  onChange: () => void
}

/** The rules of a kind, to read and to change. */
export function KindForm({ name, onChange }: Props) {
  const read = useRead(signal => readKind(name, signal), [name])
  return (
    <section class="definition" aria-label={`The kind ${name}`}>
      <h2>The kind {name}</h2>
      <Shown read={read} what="the kind">
        {kind => (
          <FromFirst first={kind} readAgain={() => readKind(name)}>
            {(first, again) => <Form name={name} kind={first} onChange={onChange} readAgain={again} />}
          </FromFirst>
        )}
      </Shown>
    </section>
  )
}

const close = () => setQuery({ kind: undefined })

interface FormProps extends Props {
  /** Null: nobody has defined it. */
  kind: Kind | null
  readAgain: ReadAgain
}

function Form({ name, kind, onChange, readAgain }: FormProps) {
  const before = kind?.definition ?? {}
  const [fields, setFields] = useState(fieldsOf(before))
  const [isAsked, ask] = useState(false)
  const command = useCommand()
  const set = (changes: Partial<typeof fields>) => setFields({ ...fields, ...changes })
  const save = async (event: Event) => {
    event.preventDefault()
    const { error } = await command.run(
      () => putKind(name, kind?.version, definitionOf(fields, before)),
      `The rules of ${name} are saved`,
    )
    if (error !== undefined) return
    onChange()
    close()
  }
  const remove = async () => {
    if (kind === null) return
    const { error } = await command.run(() => deleteKind(name, kind.version), `${name} has the default rules`)
    if (error !== undefined) return
    onChange()
    close()
  }
  return (
    <>
      <form onSubmit={save}>
        {kind === null && <p class="help">Nobody has defined it: its jobs have the default rules.</p>}
        <div class="fields">
          {textFields.map(({ name: field, label, help }) => (
            <label key={field}>
              {label}
              <input
                value={fields[field]}
                placeholder={help}
                autocomplete="off"
                onInput={event => set({ [field]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
        <label>
          <input
            type="checkbox"
            checked={fields.paused}
            onChange={event => set({ paused: event.currentTarget.checked })}
          />{' '}
          Paused: no attempt starts
        </label>
        <label>
          <input
            type="checkbox"
            checked={fields.strict}
            onChange={event => set({ strict: event.currentTarget.checked })}
          />{' '}
          Strict: a worker asks before it starts an attempt
        </label>
        <Faults
          problem={command.problem}
          onReadAgain={() => command.run(readAgain, `${name} was read again`)}
        />
        <p class="buttons">
          {kind && (
            <button type="button" disabled={command.isRunning} onClick={() => ask(true)}>
              Default rules
            </button>
          )}
          <button type="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" class="main" disabled={command.isRunning}>
            Save
          </button>
        </p>
      </form>
      {isAsked && (
        <ConfirmDialog
          title={`Delete the rules of ${name}?`}
          action="Delete the rules"
          onConfirm={remove}
          onClose={() => ask(false)}
        >
          <p>Its jobs stay, and have the default rules from now on.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
