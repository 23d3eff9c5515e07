import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { DefinitionForm, TextInputs } from './definition-form.tsx'
import { deleteKind, putKind, readKind } from './definitions.ts'
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
  const set = (changes: Partial<typeof fields>) => setFields({ ...fields, ...changes })
  return (
    <DefinitionForm
      name={name}
      save={{
        send: () => putKind(name, kind?.version, definitionOf(fields, before)),
        done: `The rules of ${name} are saved`,
      }}
      removal={
        kind === null
          ? undefined
          : {
              send: () => deleteKind(name, kind.version),
              done: `${name} has the default rules`,
              button: 'Default rules',
              title: `Delete the rules of ${name}?`,
              action: 'Delete the rules',
              text: 'Its jobs stay, and have the default rules from now on.',
            }
      }
      readAgain={readAgain}
      onDone={() => {
        onChange()
        close()
      }}
      onCancel={close}
    >
      {kind === null && <p class="help">Nobody has defined it: its jobs have the default rules.</p>}
      <TextInputs of={textFields} fields={fields} set={set} />
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
    </DefinitionForm>
  )
}
