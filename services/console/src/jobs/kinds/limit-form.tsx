import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import { ConfirmDialog } from '../../elements/confirm-dialog.tsx'
import { Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { deleteLimit, type Limit, putLimit, readLimit } from './definitions.ts'
import { Faults } from './faults.tsx'
import { FromFirst, type ReadAgain } from './from-first.tsx'
import { definitionOf, fieldsOf, textFields } from './kind-fields.ts'

interface Props {
  name: string
  onChange: () => void
}

const shown = new Set(['inFlight', 'rateLimit', 'ratePer', 'rateBurst'])
const limitFields = textFields.filter(({ name }) => shown.has(name))

const close = () => setQuery({ limit: undefined })

/** A shared limit, to make and to change: jobs in hand at once, or a rate. */
export function LimitForm({ name, onChange }: Props) {
  const read = useRead(signal => readLimit(name, signal), [name])
  return (
    <Shown read={read} what="the limit">
      {limit => (
        <FromFirst first={limit} readAgain={() => readLimit(name)}>
          {(first, again) => <Form name={name} limit={first} onChange={onChange} readAgain={again} />}
        </FromFirst>
      )}
    </Shown>
  )
}

interface FormProps extends Props {
  /** Null: it is a new one. */
  limit: Limit | null
  readAgain: ReadAgain
}

function Form({ name, limit, onChange, readAgain }: FormProps) {
  const before = limit?.definition ?? {}
  const [fields, setFields] = useState(fieldsOf(before))
  const [isAsked, ask] = useState(false)
  const command = useCommand()
  const run = async (send: () => Promise<{ error?: unknown }>, done: string) => {
    const { error } = await command.run(send, done)
    if (error !== undefined) return
    onChange()
    close()
  }
  const save = (event: Event) => {
    event.preventDefault()
    run(() => putLimit(name, limit?.version, definitionOf(fields, before)), `The limit ${name} is saved`)
  }
  return (
    <>
      <form class="definition" aria-label={`The limit ${name}`} onSubmit={save}>
        <h3>The limit {name}</h3>
        <p class="help">Jobs in hand at once, or starts within a time: one of the two.</p>
        <div class="fields">
          {limitFields.map(({ name: field, label, help }) => (
            <label key={field}>
              {label}
              <input
                value={fields[field]}
                placeholder={help}
                autocomplete="off"
                onInput={event => setFields({ ...fields, [field]: event.currentTarget.value })}
              />
            </label>
          ))}
        </div>
        <Faults
          problem={command.problem}
          onReadAgain={() => command.run(readAgain, `${name} was read again`)}
        />
        <p class="buttons">
          {limit && (
            <button type="button" disabled={command.isRunning} onClick={() => ask(true)}>
              Delete
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
      {isAsked && limit && (
        <ConfirmDialog
          title={`Delete the limit ${name}?`}
          action="Delete the limit"
          onConfirm={() => run(() => deleteLimit(name, limit.version), `The limit ${name} is deleted`)}
          onClose={() => ask(false)}
        >
          <p>Kinds that name it must be changed first.</p>
        </ConfirmDialog>
      )}
    </>
  )
}
