import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { usePieces } from './use-pieces.ts'

export interface Column<T> {
  title: string
  cell: (row: T) => ComponentChildren
  /** Numbers are aligned at their right. */
  isNumber?: boolean
  /** Short texts are not broken: names of time zones, times. */
  isWhole?: boolean
}

export interface RowsProps<T> {
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** The keys of rows that are shown though they have left the page. */
  gone?: ReadonlySet<string>
}

/** The rows of a table, all of them in the document. */
export function AllRows<T>({ rows, ...props }: RowsProps<T>) {
  return (
    <tbody>
      {rows.map(row => (
        <Row key={props.keyOf(row)} row={row} {...props} />
      ))}
    </tbody>
  )
}

/** The rows of a long table. Only those in the window and near it are in the document, between spaces as high as the others. */
export function NearRows<T>({ rows, ...props }: RowsProps<T>) {
  const keys = rows.map(props.keyOf)
  const { list, pieces, onFocusCapture } = usePieces<HTMLTableSectionElement>(keys)
  return (
    <tbody ref={list} onFocusCapture={onFocusCapture}>
      {pieces.map(piece => {
        // A space is made anew when another row follows it: rows are never moved, which would take the focus from them.
        if (piece.type === 'space') return <Space key={`before ${keys[piece.next]}`} height={piece.height} />
        const row = rows[piece.row] as T
        // The head is the first row.
        return <Row key={keys[piece.row]} row={row} rowIndex={piece.row + 2} {...props} />
      })}
    </tbody>
  )
}

interface RowProps<T> extends Omit<RowsProps<T>, 'rows'> {
  row: T
  /** The number of the row among all of the table, from 1; undefined: all are in the document. */
  rowIndex?: number
}

function Row<T>({ row, rowIndex, columns, keyOf, gone }: RowProps<T>) {
  const key = keyOf(row)
  const isGone = gone?.has(key)
  return (
    <tr
      data-key={key}
      aria-rowindex={rowIndex}
      {...(isGone && { class: 'gone', title: 'No longer on this page' })}
    >
      {columns.map(({ title, cell, isNumber, isWhole }, i) => (
        <td key={title} data-title={title} class={isNumber ? 'number' : isWhole ? 'whole' : undefined}>
          {cell(row)}
          {i === 0 && isGone && <span class="unseen"> (no longer on this page)</span>}
        </td>
      ))}
    </tr>
  )
}

function Space({ height }: { height: number }) {
  const space = useRef<HTMLTableRowElement>(null)
  useLayoutEffect(() => {
    if (space.current) space.current.style.height = `${height}px`
  }, [height])
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without a tabindex gets no focus
  return <tr class="space" aria-hidden="true" ref={space} />
}
