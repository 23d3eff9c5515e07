import { editDrafts } from '../tasks/edit-drafts.ts'
import { isUndecided, type Row, type Task } from '../tasks/task.ts'
import { dayOf } from '../time/local-time.ts'

export const groupNames = ['Overdue', 'Today', 'Later', 'No date', 'Done today'] as const
export type GroupName = (typeof groupNames)[number]

/** A row with its task as it is shown. */
export interface Shown {
  row: Row
  task: Task
  /** The task by which it is sorted; undefined: by the one that is shown. */
  sortedBy?: Task
  /** Whether the task was deleted elsewhere, or is in the list no more, and the row only keeps its place. */
  isGone?: boolean | undefined
}

export interface Group {
  name: GroupName
  shown: readonly Shown[]
}

/** Whether the person must see a row, or edits it. */
const mustStay = (row: Row) => isUndecided(row) || editDrafts.peek().has(row.key)

/** The group in which a row is shown: also a task that was completed on another day, while it must stay. */
export const groupOfShown = ({ row, task }: Shown, today: string, zone: string): GroupName | undefined =>
  groupOf(task, today, zone) ?? (mustStay(row) ? 'Done today' : undefined)

/** The first rows of a group, and those after them which must stay or which the person has changed. */
export const firstOf = (shown: readonly Shown[], most: number): readonly Shown[] =>
  shown.filter(({ row }, i) => i < most || mustStay(row) || row.isOwn === true)

/**
 * The group of a task.
 * @returns undefined for a task that was completed on another day
 */
export function groupOf(task: Task, today: string, zone: string): GroupName | undefined {
  if (task.completedAt !== null) {
    return dayOf(Date.parse(task.completedAt), zone) === today ? 'Done today' : undefined
  }
  if (task.dueOn === null) return 'No date'
  if (task.dueOn < today) return 'Overdue'
  return task.dueOn === today ? 'Today' : 'Later'
}

const newestFirst = (one: Task, other: Task) => other.createdAt.localeCompare(one.createdAt)
const inOrder: Record<GroupName, (one: Task, other: Task) => number> = {
  Overdue: byDue,
  Today: newestFirst,
  Later: byDue,
  'No date': newestFirst,
  'Done today': (one, other) => (other.completedAt ?? '').localeCompare(one.completedAt ?? ''),
}

function byDue(one: Task, other: Task): number {
  return (one.dueOn ?? '').localeCompare(other.dueOn ?? '') || newestFirst(one, other)
}

const sortOf = ({ sortedBy, task }: Shown) => sortedBy ?? task

/** Arranges tasks in groups, without the empty ones. */
export function arrange(all: readonly Shown[], groupFor: (shown: Shown) => GroupName | undefined): Group[] {
  const byName = Map.groupBy(all, groupFor)
  return groupNames.flatMap(name => {
    const shown = byName.get(name)?.toSorted((one, other) => inOrder[name](sortOf(one), sortOf(other)))
    return shown ? [{ name, shown }] : []
  })
}
