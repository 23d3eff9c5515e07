import { useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { DefinitionForm, TextInputs } from './definition-form.tsx'
import { deleteLimit, type Limit, putLimit, readLimit } from './definitions.ts'
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
  return (
    <DefinitionForm
      name={name}
      label={`The limit ${name}`}
      save={{
        send: () => putLimit(name, limit?.version, definitionOf(fields, before)),
        done: `The limit ${name} is saved`,
      }}
      removal={
        limit === null
          ? undefined
          : {
              send: () => deleteLimit(name, limit.version),
              done: `The limit ${name} is deleted`,
              button: 'Delete',
              title: `Delete the limit ${name}?`,
              action: 'Delete the limit',
              text: 'Kinds that name it must be changed first.',
            }
      }
      readAgain={readAgain}
      onDone={() => {
        onChange()
        close()
      }}
      onCancel={close}
    >
      <h3>The limit {name}</h3>
      <p class="help">Jobs in hand at once, or starts within a time: one of the two.</p>
      <TextInputs of={limitFields} fields={fields} set={changes => setFields({ ...fields, ...changes })} />
    </DefinitionForm>
  )
}
