import { useState } from 'preact/hooks'
import { isFocusSeen } from '../elements/lists/focus.ts'
import { focusedKey } from '../elements/lists/row-keys.ts'
import { useKeys } from '../keys/keys.ts'
import { deleteTasks, toggleTasks } from '../tasks/actions.ts'
import { beginEdit, setDraft } from '../tasks/edit-drafts.ts'
import type { Row } from '../tasks/task.ts'
import type { Shown } from './groups.ts'
import type { RowFocus } from './row-focus.ts'

type Field = 'name' | 'dueOn'
type Act = (rows: Row[]) => void

interface Options {
  /** The tasks that are shown, in their order. */
  shown: readonly Shown[]
  focus: RowFocus
  selected: ReadonlySet<string>
  select: (keys: ReadonlySet<string>) => void
}

/** What a person can do with the tasks of a list, and the keys for it. The focus stays in the list. */
export function useTaskActions({ shown, focus, selected, select }: Options) {
  // The form that was opened last has the focus.
  const [opened, setOpened] = useState<{ key: string; field: Field }>()
  const find = (key: string | undefined) => shown.filter(({ row }) => row.key === key)
  const chosen = () =>
    selected.size > 0 ? shown.filter(({ row }) => selected.has(row.key)) : find(focusedKey())
  const actOnChosen = (act: Act) => {
    const rows = chosen().map(({ row }) => row)
    if (rows.length === 0) return
    focus.leave(new Set(rows.map(({ key }) => key)))
    act(rows)
    select(new Set())
  }
  const actOn = (row: Row, act: Act) => {
    if (isFocusSeen()) focus.leave(new Set([row.key]))
    act([row])
  }
  const toggleSelected = (key: string | undefined) => {
    if (key !== undefined) select(selected.symmetricDifference(new Set([key])))
  }
  const edit = (field: Field, key = focusedKey()) => {
    const [found] = find(key)
    if (found?.task.status !== 'open') return
    beginEdit(found.row, found.task)
    setOpened({ key: found.row.key, field })
  }
  const close = (key: string) => {
    setDraft(key, undefined)
    setOpened(undefined)
    focus.moveTo(key)
  }
  useKeys([
    { key: 'j', does: 'Next task', run: () => focus.move(1) },
    { key: 'k', does: 'Previous task', run: () => focus.move(-1) },
    { key: 'd', does: 'Done, or reopen', run: () => actOnChosen(toggleTasks) },
    { key: 'e', does: 'Edit', run: () => edit('name') },
    { key: 't', does: 'Change when it is due', run: () => edit('dueOn') },
    { key: 'x', does: 'Select for d and Shift+Delete', run: () => toggleSelected(focusedKey()) },
    { key: 'Shift+Delete', does: 'Delete', run: () => actOnChosen(deleteTasks) },
    { key: 'Escape', does: 'Select nothing', run: () => select(new Set()) },
  ])
  return { opened, actOn, toggleSelected, edit, close }
}
