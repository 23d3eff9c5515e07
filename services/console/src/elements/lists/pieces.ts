/** A part of a long list as it is in the document: a row, or the space of rows that are not. */
export type Piece = { type: 'row'; row: number } | { type: 'space'; height: number; next: number }

/** A part of a list, in pixels from its top. */
export interface View {
  top: number
  bottom: number
}

/**
 * Divides a long list into rows that are in the document and the spaces between them.
 * @param heights of all rows, in pixels
 * @param view the rows that it meets are in the document
 * @param kept the numbers of rows that are in the document wherever the view is
 */
export function piecesOf(heights: readonly number[], view: View, kept: ReadonlySet<number>): Piece[] {
  const pieces: Piece[] = []
  let [bottom, space] = [0, 0]
  const endSpace = (next: number) => {
    if (space > 0) pieces.push({ type: 'space', height: space, next })
    space = 0
  }
  heights.forEach((height, row) => {
    const top = bottom
    bottom += height
    if (kept.has(row) || (bottom > view.top && top < view.bottom)) {
      endSpace(row)
      pieces.push({ type: 'row', row })
    } else space += height
  })
  endSpace(heights.length)
  return pieces
}

// Until a row was measured: a line of text, with the space around it.
const LINE_PX = 36

/** The heights of the rows of a list, as far as they were measured. Another row counts as the mean of those. */
export class RowHeights {
  readonly #measured = new Map<string, number>()

  /** Notes what was measured, in pixels. */
  set(key: string, height: number): void {
    this.#measured.set(key, height)
  }

  /** The heights of all rows of a list. Those of rows that have left it are forgotten in time. */
  of(keys: readonly string[]): number[] {
    if (this.#measured.size > 2 * keys.length) this.#forgetOthers(new Set(keys))
    const sum = this.#measured.values().reduce((total, height) => total + height, 0)
    const mean = this.#measured.size === 0 ? LINE_PX : sum / this.#measured.size
    return keys.map(key => this.#measured.get(key) ?? mean)
  }

  /** When the list has another width, all rows may have other heights. */
  clear(): void {
    this.#measured.clear()
  }

  #forgetOthers(keys: ReadonlySet<string>): void {
    for (const key of this.#measured.keys()) if (!keys.has(key)) this.#measured.delete(key)
  }
}
