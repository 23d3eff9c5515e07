import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** The name of the thing that is open in the page, for the title of the document; undefined: there is none. */
export const opened = signal<string | undefined>(undefined)

/** The heading of a thing that has an address of its own. It gets the focus when the thing is opened. */
export function OpenedHeading({ children: name }: { children: string }) {
  useEffect(() => {
    opened.value = name
    return () => {
      opened.value = undefined
    }
  }, [name])
  return (
    <h2 tabIndex={-1} data-opened>
      {name}
    </h2>
  )
}
