import { useEffect, useRef } from 'preact/hooks'
import { focusedKey } from '../elements/lists/row-keys.ts'

/** The focus in a list of rows: the row that has it is the one that keys are about. */

/**
 * Moves the focus between the rows of a list.
 * @param keys of the rows, in their order
 */
export function useRowFocus(keys: readonly string[]) {
  const list = useRef<HTMLDivElement>(null)
  const wanted = useRef<string>()
  const focusNow = (key: string | undefined) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])]
    rows
      .find(row => row.dataset.key === key)
      ?.querySelector<HTMLElement>('input[type=checkbox]')
      ?.focus()
  }
  useEffect(() => {
    if (wanted.current === undefined) return
    focusNow(wanted.current)
    wanted.current = undefined
  })
  const move = (by: number, when: 'now' | 'after-change' = 'now') => {
    const from = keys.indexOf(focusedKey() ?? '')
    const next = from < 0 ? 0 : Math.min(Math.max(from + by, 0), keys.length - 1)
    // The last row has none after it.
    const to = keys[next === from ? from - Math.sign(by) : next]
    if (when === 'after-change') wanted.current = to
    else if (next !== from) focusNow(to)
  }
  const focusOn = (key: string) => {
    wanted.current = key
  }
  return { list, move, focusOn }
}
