import type { Tasks } from '@daybook/client'
import { useEffect } from 'preact/hooks'
import { go, href, query } from '../address/address.ts'
import { taskPath, tracePath } from '../address/page-paths.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { useRowKeys } from '../elements/lists/row-keys.ts'
import { SearchField } from '../elements/search-field.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { TextFilter } from '../elements/text-filter.tsx'
import { useRead } from '../elements/use-read.ts'
import { Time } from '../time/time.tsx'
import { findTasks } from './read-history.ts'
import { TraceEvents } from './trace-events.tsx'
import { wantedOf } from './wanted.ts'

/** Finds a task by its id, by its name, or by the trace of a request. */
export function FindTask() {
  const trace = query.value.get('trace') ?? undefined
  const text = query.value.get('q') ?? ''
  const user = query.value.get('user') ?? ''
  const wanted = wantedOf(text)
  useRowKeys()
  useEffect(() => {
    if (wanted && 'task' in wanted) go(taskPath(wanted.task), { replace: true })
    if (wanted && 'trace' in wanted) go(tracePath(wanted.trace), { replace: true })
  }, [text])
  return (
    <>
      <div class="filters">
        <SearchField label="The id of a task, its name, or the id of a trace" />
        <TextFilter label="User" name="user" />
      </div>
      {trace !== undefined && text === '' ? (
        <TraceEvents trace={trace} />
      ) : text === '' && user === '' ? (
        <Beginning />
      ) : (
        <FoundTasks q={wanted && 'name' in wanted ? wanted.name : ''} user={user} />
      )}
    </>
  )
}

const Beginning = () => (
  <Empty>
    <p>
      Type the id of a task or of a trace: answers to requests, log lines and events have them. By name, the
      tasks of all people are searched, or of one. Deleted tasks are found by their id only.
    </p>
  </Empty>
)

const columns: readonly Column<Tasks.Task>[] = [
  { title: 'Task', cell: ({ id, name }) => <a href={href(taskPath(id))}>{name}</a> },
  { title: 'User', cell: ({ userId }) => userId },
  { title: 'State', cell: ({ status }) => status },
  { title: 'Last change', cell: ({ updatedAt }) => <Time at={updatedAt} /> },
  { title: 'Id', cell: ({ id }) => <code>{id}</code> },
]

function FoundTasks({ q, user }: { q: string; user: string }) {
  const cursor = query.value.get('cursor') ?? undefined
  const read = useRead(signal => findTasks({ q, user, cursor }, signal), [q, user, cursor])
  return (
    <Shown read={read} what="the tasks">
      {({ tasks, nextCursor }) =>
        tasks.length > 0 ? (
          <DataTable
            caption="Found tasks"
            columns={columns}
            rows={tasks}
            keyOf={({ id }) => id}
            nextCursor={nextCursor}
          />
        ) : (
          <Empty>
            <p>
              {user ? `${user} has no task` : 'Nobody has a task'}
              {q && ` whose name contains "${q}"`}. Deleted tasks are found by their id only.
            </p>
          </Empty>
        )
      }
    </Shown>
  )
}
