import { useRef, useState } from 'preact/hooks'
import { DataTable, type TableProps } from './data-table.tsx'
import { changeText, heldRows } from './lists/held-rows.ts'
import { useHeld } from './lists/use-held.ts'

interface Props<T> extends TableProps<T> {
  /** What the list is about, as its filters and its page: when it changes, the rows are others. */
  of: string
  /** Says how many rows there are, in a line above them. */
  summary: string
  /** Gets the rows that are shown, for commands that are about them. */
  shown?: { current: readonly T[] }
  /** Whether the rows must stay for another reason, as a selection. */
  isHeld?: boolean
}

const none: ReadonlySet<string> = new Set()

/** A table whose rows come and move by themselves, but not while the pointer or the focus is in it: then new rows wait, and gone ones are marked. */
export function LiveTable<T>({ of, summary, shown: told, isHeld: isKept = false, ...table }: Props<T>) {
  const { rows: now, keyOf } = table
  const { isHeld, handlers } = useHeld()
  const shown = useRef<{ of: string; rows: readonly T[] }>()
  const [, release] = useState(0)
  const before = shown.current
  const held = (isHeld || isKept) && before?.of === of && before.rows.length > 0
  const { rows, waiting, gone } = held
    ? heldRows(before.rows, now, keyOf)
    : { rows: now, waiting: 0, gone: none }
  const change = changeText(waiting, gone.size)
  shown.current = { of, rows }
  if (told) told.current = rows
  const showAll = () => {
    shown.current = undefined
    release(count => count + 1)
  }
  return (
    <div {...handlers}>
      <p class="summary">
        {summary}
        {change && (
          <>
            {' · '}
            <button type="button" onClick={showAll}>
              {change}
            </button>
          </>
        )}
      </p>
      <DataTable {...table} rows={rows} gone={gone} />
    </div>
  )
}
