import { useEffect, useRef } from 'preact/hooks'
import { focusOn } from '../elements/lists/focus.ts'
import { focusedKey } from '../elements/lists/row-keys.ts'

/** The focus in a list of rows: the row that has it is the one that keys are about. */

/**
 * Moves the focus between the rows of a list.
 * @param keys of the rows, in their order
 */
export function useRowFocus(keys: readonly string[]) {
  const list = useRef<HTMLElement>(null)
  const wanted = useRef<string>()
  const focusNow = (key: string) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])]
    const row = rows.find(one => one.dataset.key === key)
    const box = row?.querySelector<HTMLElement>('input[type=checkbox]')
    if (box) box.focus()
    else focusOn(list.current)
  }
  useEffect(() => {
    if (wanted.current === undefined) return
    focusNow(wanted.current)
    wanted.current = undefined
  })
  /** Moves the focus by a number of rows. */
  const move = (by: number) => {
    const from = keys.indexOf(focusedKey() ?? '')
    const to = keys[from < 0 ? 0 : from + by]
    if (to !== undefined) focusNow(to)
  }
  /** Moves the focus to a row when the list has changed; to the list if the row is gone then. */
  const moveTo = (key: string) => {
    wanted.current = key
  }
  /** Moves the focus away from rows that change their place or go: to the next one, or the one before them. */
  const leave = (left: ReadonlySet<string>) => {
    const from = keys.indexOf(focusedKey() ?? '')
    const stays = (key: string) => !left.has(key)
    const next = keys.slice(Math.max(from, 0)).find(stays) ?? keys.findLast(stays) ?? keys[from]
    if (next !== undefined) moveTo(next)
  }
  return { list, move, moveTo, leave }
}

export type RowFocus = ReturnType<typeof useRowFocus>
