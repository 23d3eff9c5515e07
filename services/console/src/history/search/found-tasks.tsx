import { href, query, queryHref } from '../../address/address.ts'
import { taskPath } from '../../address/page-paths.ts'
import { type Column, DataTable } from '../../elements/data-table.tsx'
import { Empty, Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { Time } from '../../time/time.tsx'
import { type FoundTask, searchTasks } from './search-tasks.ts'

const columns: readonly Column<FoundTask>[] = [
  {
    title: 'Task',
    cell: ({ id, name }) => (
      <a href={href(taskPath(id))} dir="auto">
        {name}
      </a>
    ),
  },
  { title: 'User', cell: ({ userId }) => userId },
  { title: 'State', cell: ({ state }) => state },
  { title: 'Last change', cell: ({ changedAt }) => <Time at={changedAt} /> },
  { title: 'Id', cell: ({ id }) => <code>{id}</code> },
]

/** The tasks whose names contain a text: those that exist, or with `deleted=true` in the address the deleted ones. */
export function FoundTasks({ q, user }: { q: string; user: string }) {
  const cursor = query.value.get('cursor') ?? undefined
  const isDeleted = query.value.get('deleted') === 'true'
  const read = useRead(
    signal => searchTasks({ q, user, cursor, isDeleted }, signal),
    [q, user, cursor, isDeleted],
  )
  return (
    <>
      <p class="filter">
        {isDeleted ? 'Only deleted tasks.' : 'Without deleted tasks.'}{' '}
        <a href={queryHref({ deleted: isDeleted ? undefined : 'true', cursor: undefined })}>
          {isDeleted ? 'Search the others' : 'Search deleted tasks'}
        </a>
      </p>
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
                {user ? `${user} has no ` : 'Nobody has a '}
                {isDeleted && 'deleted '}task{q && ` whose name contains "${q}"`}.
              </p>
            </Empty>
          )
        }
      </Shown>
    </>
  )
}
