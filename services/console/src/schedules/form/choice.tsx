import { useId } from 'preact/hooks'
import type { Form } from './field.tsx'
import type { Values } from './form-values.ts'

interface Props<Name extends 'kind' | 'catchUp' | 'overlap'> {
  label: string
  name: Name
  /** The values, with what each is called. */
  choices: Record<Values[Name], string>
  form: Form
}

/** A field with some values to choose from. */
export function Choice<Name extends 'kind' | 'catchUp' | 'overlap'>({
  label,
  name,
  choices,
  form,
}: Props<Name>) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={form.values[name]}
        onChange={event => form.set({ [name]: event.currentTarget.value })}
      >
        {Object.entries(choices).map(([value, words]) => (
          <option key={value} value={value}>
            {words as string}
          </option>
        ))}
      </select>
    </div>
  )
}
