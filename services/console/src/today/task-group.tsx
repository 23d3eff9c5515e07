import type { ComponentChildren } from 'preact'
import { PAGE, ShowMore } from '../elements/lists/show-more.tsx'
import { firstOf, type Group, type GroupName, type Shown } from './groups.ts'

/** A group with those of its tasks that are shown. */
export interface ShownGroup extends Group {
  first: readonly Shown[]
}

/** @param most how many tasks of a group are shown, where they are more than a page */
export const firstOfEach = (groups: readonly Group[], most: ReadonlyMap<GroupName, number>): ShownGroup[] =>
  groups.map(group => ({ ...group, first: firstOf(group.shown, most.get(group.name) ?? PAGE) }))

interface Props {
  group: ShownGroup
  onMore: () => void
  children: ComponentChildren
}

/** A group of tasks under its name. */
export const TaskGroup = ({ group: { name, shown, first }, onMore, children }: Props) => (
  <section aria-label={name}>
    <h2>
      {name} <span class="count">{shown.length}</span>
    </h2>
    <ul class="tasks">{children}</ul>
    <ShowMore of={name} shown={first.length} all={shown.length} onMore={onMore} />
  </section>
)
