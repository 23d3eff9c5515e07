import { query, queryHref } from '../address/address.ts'
import { AllRows, NearRows, type RowsProps } from './lists/table-rows.tsx'

export type { Column } from './lists/table-rows.tsx'

export interface TableProps<T> extends RowsProps<T> {
  caption: string
  /** The cursor of the next page; null on the last one, undefined for a list without pages. */
  nextCursor?: string | null
  /** Whether there may be more than 100 rows: only those in the window and near it are in the document then. */
  isLong?: boolean
}

/** A table, with links to the next page and the first one. On a narrow screen each row is a block. */
export function DataTable<T>({ caption, columns, nextCursor, isLong = false, ...body }: TableProps<T>) {
  return (
    <>
      <table class={isLong ? 'data long' : 'data'} aria-rowcount={isLong ? body.rows.length + 1 : undefined}>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr aria-rowindex={isLong ? 1 : undefined}>
            {columns.map(({ title, isNumber }) => (
              <th key={title} scope="col" class={isNumber ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {isLong ? <NearRows columns={columns} {...body} /> : <AllRows columns={columns} {...body} />}
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
      {!isFirst && <a href={queryHref({ cursor: undefined })}>First page</a>}
      {nextCursor !== null && <a href={queryHref({ cursor: nextCursor })}>Next page</a>}
    </nav>
  )
}
