import type { View } from './pieces.ts'

/** Where the rows of a long list are in the window. */

/** So many pixels of a list beyond the window are in the document too, so that scrolling shows no empty space. */
export const BEYOND_PX = 800
// The view moves in steps, so that not every pixel of scrolling draws the list again.
const STEP_PX = 200

/** The rows of a list that are in the document. */
export const rowsIn = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('[data-key]'),
]

/** The part of a list that is in the window or near it. */
export function viewOf(list: HTMLElement): View {
  const { top } = list.getBoundingClientRect()
  return {
    top: Math.floor((-top - BEYOND_PX) / STEP_PX) * STEP_PX,
    bottom: Math.ceil((window.innerHeight - top + BEYOND_PX) / STEP_PX) * STEP_PX,
  }
}

/** A row, and where it is: in pixels from the top of the list. */
export interface Place {
  key: string
  top: number
}

/** The place of the first row in the window. Undefined: the list is not scrolled, so it may begin with other rows. */
export function firstSeen(list: HTMLElement): Place | undefined {
  const { top } = list.getBoundingClientRect()
  if (top >= 0) return undefined
  const row = rowsIn(list).find(one => one.getBoundingClientRect().bottom > 0)
  const rowTop = row?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY
  return rowTop < window.innerHeight ? { key: row?.dataset.key ?? '', top: rowTop - top } : undefined
}

/** Scrolls by as much as a row has moved in its list, so that it stays where it is in the window. Not when the beginning of the list is seen. */
export function keepInWindow(list: HTMLElement, { key, top }: Place): void {
  const row = rowsIn(list).find(one => one.dataset.key === key)
  const listTop = list.getBoundingClientRect().top
  if (row === undefined || listTop >= 0) return
  const moved = row.getBoundingClientRect().top - listTop - top
  if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: 'instant' })
}
