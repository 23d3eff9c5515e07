import { useEffect } from 'preact/hooks'
import { go, query } from '../address/address.ts'
import { taskPath, tracePath } from '../address/page-paths.ts'
import { useRowKeys } from '../elements/lists/row-keys.ts'
import { SearchField } from '../elements/search-field.tsx'
import { Empty } from '../elements/states.tsx'
import { TextFilter } from '../elements/text-filter.tsx'
import { FoundTasks } from './search/found-tasks.tsx'
import { wantedOf } from './search/wanted.ts'
import { TraceEvents } from './trace-events.tsx'

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
      tasks of all people are searched, or of one.
    </p>
  </Empty>
)
