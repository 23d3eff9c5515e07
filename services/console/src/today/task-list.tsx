import { useRef, useState } from 'preact/hooks'
import { focusedKey } from '../elements/lists/row-keys.ts'
import { useHeld } from '../elements/lists/use-held.ts'
import { useKeys } from '../keys/keys.ts'
import { deleteTasks, toggleTasks } from '../tasks/actions.ts'
import { beginEdit, type EditDraft, editDrafts, setDraft } from '../tasks/edit-drafts.ts'
import { EditTask } from './edit-task.tsx'
import type { Shown } from './groups.ts'
import { useHeldGroups } from './held-groups.ts'
import { useRowFocus } from './row-focus.ts'
import { TaskRow } from './task-row.tsx'

interface Props {
  all: readonly Shown[]
  today: string
  zone: string
}

type Opened = { key: string; field: 'name' | 'dueOn' } | undefined

/** The tasks in their groups, and the keys for them. */
export function TaskList({ all, today, zone }: Props) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  // The form that was opened last has the focus.
  const [opened, setOpened] = useState<Opened>()
  const { value: drafts } = editDrafts
  const { isHeld, handlers } = useHeld()
  const isReleased = useRef(false)
  const holds = (isHeld || selected.size > 0) && !isReleased.current
  isReleased.current = false
  const { groups, waiting } = useHeldGroups({ all, today, zone, isHeld: holds })
  const shown = groups.flatMap(group => group.shown)
  const { list, move, focusOn } = useRowFocus(shown.map(({ row }) => row.key))

  const find = (key: string | undefined) => shown.filter(({ row }) => row.key === key)
  const chosen = () =>
    selected.size > 0 ? shown.filter(({ row }) => selected.has(row.key)) : find(focusedKey())
  const actOn = (act: (rows: Shown['row'][]) => void) => {
    const rows = chosen().map(({ row }) => row)
    if (rows.length === 0) return
    move(1, 'after-change')
    act(rows)
    setSelected(new Set())
  }
  const toggleSelected = (key: string | undefined) => {
    if (key !== undefined) setSelected(selected.symmetricDifference(new Set([key])))
  }
  const edit = (field: 'name' | 'dueOn', key = focusedKey()) => {
    const [found] = find(key)
    if (found?.task.status !== 'open') return
    beginEdit(found.row, found.task)
    setOpened({ key: found.row.key, field })
  }
  const close = (key: string) => {
    setDraft(key, undefined)
    setOpened(undefined)
    focusOn(key)
  }
  useKeys([
    { key: 'j', does: 'Next task', run: () => move(1) },
    { key: 'k', does: 'Previous task', run: () => move(-1) },
    { key: 'd', does: 'Done, or reopen', run: () => actOn(toggleTasks) },
    { key: 'e', does: 'Edit', run: () => edit('name') },
    { key: 't', does: 'Change when it is due', run: () => edit('dueOn') },
    { key: 'x', does: 'Select for d and Shift+Delete', run: () => toggleSelected(focusedKey()) },
    { key: 'Shift+Delete', does: 'Delete', run: () => actOn(deleteTasks) },
    { key: 'Escape', does: 'Select nothing', run: () => setSelected(new Set()) },
  ])
  const release = () => {
    isReleased.current = true
    setSelected(new Set(selected))
  }
  return (
    <div ref={list} {...handlers}>
      {waiting > 0 && (
        <p class="waiting">
          <button type="button" onClick={release}>
            {waiting} changed elsewhere: arrange again
          </button>
        </p>
      )}
      {groups.map(({ name, shown: inGroup }) => (
        <section key={name}>
          <h2>
            {name} <span class="count">{inGroup.length}</span>
          </h2>
          <ul class="tasks">
            {inGroup.map(({ row, task }) => (
              <TaskRow
                key={row.key}
                row={row}
                task={task}
                isOverdue={name === 'Overdue'}
                isSelected={selected.has(row.key)}
                onEdit={() => edit('name', row.key)}
                onSelect={() => toggleSelected(row.key)}
              >
                {drafts.get(row.key) && (
                  <EditTask
                    row={row}
                    draft={drafts.get(row.key) as EditDraft}
                    field={opened?.key === row.key ? opened.field : undefined}
                    onClose={() => close(row.key)}
                  />
                )}
              </TaskRow>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
