import { useRef } from 'preact/hooks'
import { rows } from '../tasks/rows.ts'
import type { Row } from '../tasks/task.ts'
import { arrange, type Group, type GroupName, groupOfShown, type Shown } from './groups.ts'

/** Where a task is shown: its group, and the task as it was then, by which it is sorted in the group. */
interface Place {
  group: GroupName
  shown: Shown
}

export type Places = ReadonlyMap<string, Place>

/** The groups that are shown, and how many tasks wait to appear, to move or to go. */
export interface HeldGroups {
  groups: Group[]
  places: Places
  waiting: number
}

/** What the person has changed last, here, moves at once. */
const isOwn = (row: Row | undefined) => row !== undefined && (row.isOwn === true || row.pending.length > 0)

/**
 * Arranges tasks and moves none that has a place: what changes elsewhere keeps its place, what is deleted elsewhere stays and is marked, and
 * what is new waits. What the person does here moves at once.
 * @param before the places of the tasks that are shown; none: all tasks get the place that is right now
 * @param rowOf finds the row of a task that is not among `all`
 */
export function holdGroups(
  all: readonly Shown[],
  before: Places,
  {
    groupOf,
    rowOf,
  }: { groupOf: (shown: Shown) => GroupName | undefined; rowOf: (key: string) => Row | undefined },
): HeldGroups {
  const held = before.size > 0
  const places = new Map<string, Place>()
  let waiting = 0
  for (const shown of all) {
    const { key } = shown.row
    const [now, old] = [groupOf(shown), before.get(key)]
    const stays = held && !isOwn(shown.row)
    if (stays && (old === undefined ? now !== undefined : isElsewhere(shown, now, old))) waiting += 1
    if (stays && old !== undefined) places.set(key, old)
    else if (!stays && now !== undefined) places.set(key, { group: now, shown })
  }
  const listed = new Map(all.map(shown => [shown.row.key, shown]))
  for (const [key, place] of before) {
    if (listed.has(key) || isOwn(rowOf(key))) continue
    waiting += 1
    places.set(key, place)
  }
  const shownIn = [...places].map(([key, { shown }]) => ({
    ...(listed.get(key) ?? { ...shown, isGone: true }),
    sortedBy: shown.task,
  }))
  return { groups: arrange(shownIn, ({ row }) => places.get(row.key)?.group), places, waiting }
}

/** Whether a task would be shown at another place. */
const isElsewhere = ({ task }: Shown, now: GroupName | undefined, { group, shown: { task: old } }: Place) =>
  now !== group || task.dueOn !== old.dueOn

interface Options {
  all: readonly Shown[]
  today: string
  zone: string
  /** What the list is about, as its search: when it changes, the tasks are others. */
  of: string
  /** Whether tasks must stay where they are, because the pointer, the focus or a selection is in the list. */
  isHeld: boolean
}

const nowhere: Places = new Map()

/** The groups of a list, in which nothing moves while the list is held. */
export function useHeldGroups({ all, today, zone, of, isHeld }: Options): HeldGroups {
  const about = `${today} ${of}`
  const last = useRef<{ about: string; places: Places }>({ about, places: nowhere })
  const before = isHeld && last.current.about === about ? last.current.places : nowhere
  const groupOf = (shown: Shown) => groupOfShown(shown, today, zone)
  const found = holdGroups(all, before, { groupOf, rowOf: key => rows.peek().get(key) })
  last.current = { about, places: found.places }
  return found
}
