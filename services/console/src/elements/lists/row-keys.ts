import { useKeys } from '../../keys/keys.ts'

/** Keys for the rows of a table. The row that has the focus is the one that keys are about. */

/** The key of the row that has the focus. */
export const focusedKey = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-key]')?.dataset.key

/**
 * Presses a button in the row that has the focus.
 * @param does the `data-does` of the button
 * @returns false when there is no such button
 */
export function pressInRow(does: string): boolean {
  const row = document.activeElement?.closest('[data-key]')
  const button = row?.querySelector<HTMLButtonElement>(`button[data-does="${does}"]`)
  button?.click()
  return button != null
}

/**
 * j and k move the focus between the rows of the tables of a page: to the first link or button in each. They begin with the first row in
 * the window. Enter follows that link, as everywhere.
 * @param within a selector of the part of the page that has the rows
 */
export function useRowKeys(within = 'main'): void {
  useKeys([
    { key: 'j', does: 'Next row', run: () => move(1, within) },
    { key: 'k', does: 'Row before', run: () => move(-1, within) },
  ])
}

function move(by: number, within: string): void {
  const rows = [...document.querySelectorAll<HTMLElement>(`${within} .data tbody [data-key]:has(a, button)`)]
  const from = rows.findIndex(row => row.contains(document.activeElement))
  const to = from < 0 ? Math.max(0, rows.findIndex(isInWindow)) : from + by
  rows[to]?.querySelector<HTMLElement>('a, button')?.focus()
}

const isInWindow = (row: HTMLElement) => row.getBoundingClientRect().top >= 0
