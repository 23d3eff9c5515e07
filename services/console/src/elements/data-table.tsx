import type { ComponentChildren } from 'preact'
import { query } from '../address/address.ts'

export interface Column<T> {
  title: string
  cell: (row: T) => ComponentChildren
  /** Numbers are aligned at their right. */
  isNumber?: boolean
  /** Short texts are not broken: names of time zones, times. */
  isWhole?: boolean
}

export interface TableProps<T> {
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string
  /** The cursor of the next page; null on the last one, undefined for a list without pages. */
  nextCursor?: string | null
  /** The keys of rows that are shown though they have left the page. */
  gone?: ReadonlySet<string>
}

/** A table of at most 100 rows, with links to the next page and the first one. On a narrow screen each row is a block. */
export function DataTable<T>({ caption, columns, rows, keyOf, nextCursor, gone }: TableProps<T>) {
  return (
    <>
      <table class="data">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => (
              <th key={title} scope="col" class={isNumber ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr
              key={keyOf(row)}
              data-key={keyOf(row)}
              {...(gone?.has(keyOf(row)) && { class: 'gone', title: 'No longer on this page' })}
            >
              {columns.map(({ title, cell, isNumber, isWhole }, i) => (
                <td
                  key={title}
                  data-title={title}
                  class={isNumber ? 'number' : isWhole ? 'whole' : undefined}
                >
                  {cell(row)}
                  {i === 0 && gone?.has(keyOf(row)) && <span class="unseen"> (no longer on this page)</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {nextCursor !== undefined && <Pager caption={caption} nextCursor={nextCursor} />}
    </>
  )
}

function Pager({ caption, nextCursor }: { caption: string; nextCursor: string | null }) {
  const isFirst = !query.value.has('cursor')
  if (isFirst && nextCursor === null) return null
  return (
    <nav class="pager" aria-label={`Pages of ${caption}`}>
      {!isFirst && <a href={pageHref(undefined)}>First page</a>}
      {nextCursor !== null && <a href={pageHref(nextCursor)}>Next page</a>}
    </nav>
  )
}

function pageHref(cursor: string | undefined): string {
  const next = new URLSearchParams(query.value)
  next.delete('cursor')
  if (cursor !== undefined) next.set('cursor', cursor)
  return `${window.location.pathname}?${next}`
}
