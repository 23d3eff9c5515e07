import { useRef } from 'preact/hooks'
import { arrange, type Group, type GroupName, groupOfShown, type Shown } from './groups.ts'

interface Options {
  all: readonly Shown[]
  today: string
  zone: string
  /** Whether rows must stay where they are, because the pointer, the focus or a selection is in the list. */
  isHeld: boolean
}

/** The groups that are shown, and how many tasks wait to appear or to move. */
export interface HeldGroups {
  groups: Group[]
  waiting: number
}

/**
 * Arranges the tasks, but moves no row under the pointer: while the list is held, what changes elsewhere keeps its group, and what is new waits.
 * What the person does here moves at once.
 */
export function useHeldGroups({ all, today, zone, isHeld }: Options): HeldGroups {
  const before = useRef<{ today: string; places: Map<string, GroupName> }>({ today, places: new Map() })
  const keepsPlaces = isHeld && before.current.today === today && before.current.places.size > 0
  const places = new Map<string, GroupName>()
  let waiting = 0
  for (const { row, task } of all) {
    const now = groupOfShown({ row, task }, today, zone)
    const place = before.current.places.get(row.key)
    const isOwn = row.isOwn === true || row.pending.length > 0
    const held = keepsPlaces && !isOwn
    if (held && place !== now) waiting += 1
    const shownIn = held ? place : now
    if (shownIn !== undefined) places.set(row.key, shownIn)
  }
  before.current = { today, places }
  return { groups: arrange(all, ({ row }) => places.get(row.key)), waiting }
}
