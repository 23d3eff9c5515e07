import { path } from '../address/address.ts'
import { FindTask } from './find-task.tsx'
import { TaskHistoryOf } from './task-history.tsx'

/** What became of a task, from its requests to the lines of log files. */
export function HistoryPage() {
  const [, id] = path.value
  return id === undefined ? <FindTask /> : <TaskHistoryOf key={id} id={id} />
}
