import type { ComponentChildren } from 'preact'
import { href } from '../address/address.ts'
import { taskPath } from '../address/page-paths.ts'
import { codeOf } from '../api/problem.ts'
import { useAnnounced } from '../elements/announcer.tsx'
import { isAdmin } from '../session/session.ts'
import { dismiss } from '../tasks/rows.ts'
import { shortDay } from '../time/days.ts'
import { Time } from '../time/time.tsx'
import { mineInWords } from './command-words.ts'
import { Conflict } from './conflict.tsx'
import type { Shown } from './groups.ts'

interface Props extends Shown {
  isOverdue: boolean
  isSelected: boolean
  onToggle: () => void
  onDelete: () => void
  onEdit: () => void
  onSelect: () => void
  /** The person has decided about a conflict or a refused command: its buttons go away. */
  onDecided: () => void
  /** The form in place of the task, while it is edited. */
  children?: ComponentChildren
}

/** A task: done or not, its name, and its facts. */
export function TaskRow(props: Props) {
  const { row, task, isGone, isOverdue, isSelected, onToggle, onDelete, onEdit, onSelect, onDecided } = props
  if (isGone) return <GoneRow rowKey={row.key} name={task.name} />
  const isDone = task.status === 'completed'
  const classes = ['task', isDone && 'done', isSelected && 'selected'].filter(Boolean).join(' ')
  return (
    <li class={classes} data-key={row.key}>
      <input type="checkbox" checked={isDone} aria-label={`Done: ${task.name}`} onChange={onToggle} />
      {props.children ?? (
        <div class="what">
          <span class="name" dir="auto">
            {task.name}
          </span>
          <Facts row={row} task={task} isOverdue={isOverdue} />
          {task.notes && (
            <p class="notes" dir="auto">
              {task.notes}
            </p>
          )}
        </div>
      )}
      <span class="tools">
        {isSelected && <span class="badge">selected</span>}
        <button
          type="button"
          class="plain"
          onClick={onEdit}
          disabled={isDone}
          aria-label={`Edit ${task.name}`}
        >
          Edit
        </button>
        <button type="button" class="plain" onClick={onDelete} aria-label={`Delete ${task.name}`}>
          Delete
        </button>
        <button
          type="button"
          class="plain"
          onClick={onSelect}
          aria-label={`Select ${task.name}`}
          aria-pressed={isSelected}
        >
          Select
        </button>
      </span>
      <Conflict row={row} onDecided={onDecided} />
      <Refused row={row} onDecided={onDecided} />
    </li>
  )
}

/** A row that keeps its place, so that no other one moves under the pointer. */
const GoneRow = ({ rowKey, name }: { rowKey: string; name: string }) => (
  <li class="task gone" data-key={rowKey}>
    <input type="checkbox" disabled aria-label={`No longer here: ${name}`} />
    <div class="what">
      <span class="name" dir="auto">
        {name}
      </span>
      <span class="badge">no longer here</span>
    </div>
  </li>
)

function Facts({ row, task, isOverdue }: Pick<Props, 'row' | 'task' | 'isOverdue'>) {
  return (
    <span class="facts">
      {row.waits && (
        <span class="badge warn" title={row.waits.detail}>
          not saved
        </span>
      )}
      {task.completedAt !== null ? (
        <span>
          done <Time at={task.completedAt} />
        </span>
      ) : (
        task.dueOn && (
          <time class={isOverdue ? 'overdue' : undefined} dateTime={task.dueOn} title={task.dueOn}>
            {isOverdue && 'overdue, '}due {shortDay(task.dueOn)}
          </time>
        )
      )}
      {isAdmin.value && row.task.version > 0 && (
        <a href={href(taskPath(task.id))} aria-label={`History of ${task.name}`}>
          history
        </a>
      )}
      {task.tags.map(tag => (
        <a key={tag} href={href(`/today?tag=${encodeURIComponent(tag)}`)}>
          <bdi>#{tag}</bdi>
        </a>
      ))}
    </span>
  )
}

function Refused({ row, onDecided }: Pick<Props, 'row' | 'onDecided'>) {
  const { refused } = row
  useAnnounced(refused && `Not saved: ${mineInWords(refused.command)}. ${refused.problem.detail ?? ''}`)
  if (refused === undefined) return null
  const leave = () => {
    onDecided()
    dismiss(row)
  }
  return (
    <section class="conflict" aria-label={`Refused: ${row.task.name}`}>
      <p>
        <strong>Not saved:</strong> {mineInWords(refused.command)}. {refused.problem.detail}{' '}
        <code>{codeOf(refused.problem)}</code>
      </p>
      <p class="buttons">
        <button type="button" onClick={leave}>
          Dismiss
        </button>
      </p>
    </section>
  )
}
