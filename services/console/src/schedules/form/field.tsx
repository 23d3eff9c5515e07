import { useId } from 'preact/hooks'
import type { Fault, Values } from './form-values.ts'

type TextName = Exclude<keyof Values, 'kind' | 'catchUp' | 'overlap'>

interface Props {
  label: string
  name: TextName
  /** Where the field is in the definition, as errors name it. */
  pointer?: string
  help?: string
  /** The id of a list of values to choose from. */
  list?: string
  /** More than one line. */
  rows?: number
  form: Form
}

/** The state of a form. */
export interface Form {
  values: Values
  set: (changes: Partial<Values>) => void
  faults: readonly Fault[]
}

/** A field of a form with its help and its fault. */
export function Field({ label, name, pointer = `/${name}`, help, list, rows, form }: Props) {
  const id = useId()
  const found = form.faults.filter(fault => isAbout(fault.pointer, pointer))
  const common = {
    id,
    value: form.values[name],
    onInput: (event: Event) =>
      form.set({ [name]: (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value }),
    'aria-invalid': found.length > 0,
    'aria-describedby': `${id}-help`,
    autocomplete: 'off',
    spellcheck: false,
  } as const
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows ? <textarea {...common} rows={rows} /> : <input {...common} {...(list ? { list } : {})} />}
      <div id={`${id}-help`}>
        {help && <p class="help">{help}</p>}
        {found.map(({ detail, pointer: at }) => (
          <p key={`${at} ${detail}`} class="fault">
            {at === pointer ? '' : `${at.slice(pointer.length + 1)} `}
            {detail}
          </p>
        ))}
      </div>
    </div>
  )
}

/** Whether a fault is about a field or a part of it. */
export const isAbout = (pointer: string, field: string): boolean =>
  pointer === field || pointer.startsWith(`${field}/`)
