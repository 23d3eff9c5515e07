import { useComputed } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { href, query } from '../address/address.ts'
import { SearchField } from '../elements/search-field.tsx'
import { Empty, Shown as Read } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { onLiveEvent } from '../live/live.ts'
import type { TaskEvent } from '../tasks/apply-event.ts'
import { listedTask } from '../tasks/edit-drafts.ts'
import { noteEvent } from '../tasks/note-event.ts'
import { MOST_OPEN, readTasks, type TasksRead } from '../tasks/read-tasks.ts'
import { rows } from '../tasks/rows.ts'
import { isUndecided, type Task } from '../tasks/task.ts'
import { now } from '../time/clock.ts'
import { dayOf } from '../time/local-time.ts'
import { ownZone } from '../time/zone.ts'
import { AddTask } from './add-task.tsx'
import { DayLine } from './day-line.tsx'
import { TaskList } from './task-list.tsx'
import { UndoBar } from './undo-bar.tsx'

const matches = ({ name, tags }: Task, q: string, tag: string) =>
  inSearch(name).includes(inSearch(q)) && (tag === '' || tags.includes(tag))

const inSearch = (text: string) => text.normalize('NFKC').toLowerCase()

/** The tasks of the person: what is open, what is overdue, what is done today. */
export function TodayPage() {
  const today = useComputed(() => dayOf(now.value, ownZone.value)).value
  const q = query.value.get('q') ?? ''
  const tag = query.value.get('tag') ?? ''
  const read = useRead(signal => readTasks({ q, tag, today }, signal), [q, tag, today])
  useEffect(
    () =>
      onLiveEvent(event => {
        if (event.topic === 'daybook.tasks') noteEvent(event as unknown as TaskEvent).catch(reportError)
      }),
    [],
  )
  const shown = rows.value
    .values()
    .flatMap(row => {
      const task = listedTask(row, now.peek())
      const isFound = task && (read.data?.ids.has(task.id) || matches(task, q, tag))
      return task && (isFound || isUndecided(row)) ? [{ row, task }] : []
    })
    .toArray()
  return (
    <>
      <DayLine
        shown={read.data && shown}
        isPart={q !== '' || tag !== '' || read.data?.hasMore === true}
        today={today}
        zone={ownZone.value}
      />
      <AddTask today={today} />
      <SearchField label="Search your tasks" />
      {tag !== '' && (
        <p class="filter">
          Only tasks with #{tag}. <a href={href('/today')}>Show all</a>
        </p>
      )}
      <Read read={read} what="your tasks">
        {data => <Found data={data} count={shown.length} isFiltered={q !== '' || tag !== ''} />}
      </Read>
      <TaskList all={shown} today={today} zone={ownZone.value} of={`${tag} ${q} ${read.data?.of}`} />
      <UndoBar />
    </>
  )
}

interface FoundProps {
  data: TasksRead
  /** How many tasks are shown. */
  count: number
  isFiltered: boolean
}

/** What there is to say about the list when it was read. */
const Found = ({ data, count, isFiltered }: FoundProps) => (
  <>
    {data.hasMore && <p class="help">The newest {MOST_OPEN} open tasks. Search for older ones.</p>}
    {count === 0 && (isFiltered ? <NothingFound /> : <FirstVisit />)}
  </>
)

const NothingFound = () => (
  <Empty>
    <p>
      No open task, and none completed today, matches. <a href={href('/today')}>Show all</a>
    </p>
  </Empty>
)

const FirstVisit = () => (
  <Empty>
    <p>Nothing to do. Type a task above, for example:</p>
    <ul>
      <li>
        <code>Water the plants</code>
      </li>
      <li>
        <code>Send the offer to Northwind #sales due:friday</code>
      </li>
      <li>
        <code>Book the train to Hamburg #travel due:2026-12-01</code>
      </li>
    </ul>
  </Empty>
)
