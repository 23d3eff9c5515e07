import { useRef, useState } from 'preact/hooks'
import { isFocusSeen } from '../elements/lists/focus.ts'
import { PAGE } from '../elements/lists/show-more.tsx'
import { useHeld } from '../elements/lists/use-held.ts'
import { deleteTasks, toggleTasks } from '../tasks/actions.ts'
import { editDrafts } from '../tasks/edit-drafts.ts'
import { EditTask } from './edit-task.tsx'
import type { GroupName, Shown } from './groups.ts'
import { useHeldGroups } from './held-groups.ts'
import { useRowFocus } from './row-focus.ts'
import { firstOfEach, TaskGroup } from './task-group.tsx'
import { TaskRow } from './task-row.tsx'
import { useTaskActions } from './use-task-actions.ts'

interface Props {
  all: readonly Shown[]
  today: string
  zone: string
  /** What the list is about, as its search. */
  of: string
}

/** The tasks in their groups, the first hundred of each, and the keys for them. */
export function TaskList({ all, today, zone, of }: Props) {
  const [selected, select] = useState<ReadonlySet<string>>(new Set())
  const [most, setMost] = useState<ReadonlyMap<GroupName, number>>(new Map())
  const { isHeld, handlers } = useHeld()
  const isReleased = useRef(false)
  const holds = (isHeld || selected.size > 0) && !isReleased.current
  isReleased.current = false
  const held = useHeldGroups({ all, today, zone, of, isHeld: holds })
  const groups = firstOfEach(held.groups, most)
  const shown = groups.flatMap(({ first }) => first).filter(({ isGone }) => !isGone)
  const focus = useRowFocus(shown.map(({ row }) => row.key))
  const { opened, actOn, toggleSelected, edit, close } = useTaskActions({ shown, focus, selected, select })
  const release = () => {
    isReleased.current = true
    select(new Set(selected))
  }
  const form = ({ row }: Shown) => {
    const draft = editDrafts.value.get(row.key)
    const field = opened?.key === row.key ? opened.field : undefined
    return draft && <EditTask row={row} draft={draft} field={field} onClose={() => close(row.key)} />
  }
  return (
    <section id="tasks" aria-label="Your tasks" ref={focus.list} {...handlers}>
      {held.waiting > 0 && (
        <p class="arrange">
          <button type="button" onClick={release}>
            {held.waiting} changed elsewhere: arrange again
          </button>
        </p>
      )}
      {groups.map(group => (
        <TaskGroup
          key={group.name}
          group={group}
          onMore={() => setMost(new Map(most).set(group.name, group.first.length + PAGE))}
        >
          {group.first.map(({ row, task, isGone }) => (
            <TaskRow
              key={row.key}
              row={row}
              task={task}
              isGone={isGone}
              isOverdue={group.name === 'Overdue'}
              isSelected={selected.has(row.key)}
              onToggle={() => actOn(row, toggleTasks)}
              onDelete={() => actOn(row, deleteTasks)}
              onEdit={() => edit('name', row.key)}
              onSelect={() => toggleSelected(row.key)}
              onDecided={() => isFocusSeen() && focus.moveTo(row.key)}
            >
              {form({ row, task })}
            </TaskRow>
          ))}
        </TaskGroup>
      ))}
    </section>
  )
}
