import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { BEYOND_PX, firstSeen, keepInWindow, type Place, rowsIn, viewOf } from './near-rows.ts'
import { piecesOf, RowHeights, type View } from './pieces.ts'
import { focusedKey } from './row-keys.ts'

// Where the list is in the window is known when it was drawn.
const FIRST_VIEW: View = { top: 0, bottom: 2000 }

/**
 * Chooses which rows of a long list are in the document: those in and near the window, and the one with the focus and its neighbours,
 * so that the focus is not lost and keys find the next row. Rows above the window that come or change their height do not move those in it.
 * @param keys the keys of all rows; each row in the document has its key as `data-key`
 * @returns list: the ref of the element with the rows; onFocusCapture: its handler
 */
export function usePieces<E extends HTMLElement>(keys: readonly string[]) {
  const list = useRef<E>(null)
  const { current: heights } = useRef(new RowHeights())
  const seen = useRef<Place>()
  const [view, setView] = useState(FIRST_VIEW)
  const [, draw] = useState(0)
  const drawn = heights.of(keys)
  const look = () => {
    if (list.current === null) return
    seen.current = firstSeen(list.current)
    const now = viewOf(list.current)
    setView(before => (before.top === now.top && before.bottom === now.bottom ? before : now))
  }
  useLayoutEffect(() => {
    if (list.current === null) return
    for (const row of rowsIn(list.current)) heights.set(row.dataset.key ?? '', heightOf(row))
    if (seen.current) keepInWindow(list.current, seen.current)
    look()
    // The end of the list would not be where the page ends.
    if (Math.abs(totalOf(heights.of(keys)) - totalOf(drawn)) > BEYOND_PX) draw(count => count + 1)
  })
  useWindow(look, () => heights.clear())
  const pieces = piecesOf(drawn, view, besideFocus(keys))
  return { list, pieces, onFocusCapture: () => draw(count => count + 1) }
}

const totalOf = (heights: readonly number[]) => heights.reduce((total, height) => total + height, 0)
const heightOf = (row: HTMLElement) => row.getBoundingClientRect().height

/** The numbers of the row with the focus and of its neighbours. */
function besideFocus(keys: readonly string[]): ReadonlySet<number> {
  const focused = focusedKey()
  const row = focused === undefined ? -1 : keys.indexOf(focused)
  return new Set(row < 0 ? [] : [row - 1, row, row + 1])
}

/** Calls a function when the window is scrolled or has another size, and before that one more when it has another width. */
function useWindow(look: () => void, widen: () => void): void {
  useLayoutEffect(() => {
    let width = window.innerWidth
    const resize = () => {
      if (window.innerWidth !== width) widen()
      width = window.innerWidth
      look()
    }
    window.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', resize)
    return () => {
      window.removeEventListener('scroll', look)
      window.removeEventListener('resize', resize)
    }
  }, [])
}
