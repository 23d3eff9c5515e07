import { useRef } from 'preact/hooks'
import { href, query } from '../address/address.ts'
import { OpenedHeading } from '../address/opened-heading.tsx'
import { taskPath } from '../address/page-paths.ts'
import { Facts } from '../elements/facts.tsx'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { type LiveEvent, traceIn } from '../live/message.ts'
import { useEvents } from '../live/use-events.ts'
import { now } from '../time/clock.ts'
import { Copied } from './copied.tsx'
import type { Entry } from './entry.ts'
import { EventTimeline } from './event-timeline.tsx'
import { readHistory, type TaskHistory } from './read-history.ts'
import { timelineOf } from './timeline.ts'

const TYPES = new Set([
  ...['TaskCreated', 'TaskEdited', 'TaskCompleted', 'TaskReopened', 'TaskDeleted', 'TaskRestored'],
  ...['EndOfDay', 'DayReported', 'DayAmended', 'JobFinished'],
])

/** What became of each event of a task, with what is missing and why. */
export function TaskHistoryOf({ id }: { id: string }) {
  const after = Number(query.value.get('after') ?? 0)
  const shown = useRef<TaskHistory>()
  const version = useEvents(TYPES, event => concerns(event, id, shown.current))
  const read = useRead(signal => readHistory(id, after, signal), [id, after], version)
  shown.current = read.data
  return (
    <>
      <p>
        <a href={href('/history')}>« Find another task</a>
      </p>
      <OpenedHeading>{`Task ${id}`}</OpenedHeading>
      <Shown read={read} what="the history of this task">
        {history => <Found id={id} after={after} history={history} />}
      </Shown>
    </>
  )
}

/** Whether an event can change what is shown: one of a job of its traces, of the task, or of a day, which names no task. */
function concerns({ type, data, traceparent }: LiveEvent, id: string, shown: TaskHistory | undefined) {
  if (type !== 'JobFinished') return data.taskId === undefined || data.taskId === id
  return shown?.steps.some(({ trace }) => trace === traceIn(traceparent)) ?? false
}

function Found({ id, after, history }: { id: string; after: number; history: TaskHistory }) {
  const { userId, steps, nextAfter, problem, traced } = history
  const timeline = timelineOf(history, now.value)
  const newest = timeline.at(-1)
  return (
    <>
      <Facts
        of={[
          ['Task', <Copied key="task" text={id} />],
          [
            'User',
            <a key="user" href={href(`/history?${new URLSearchParams({ user: userId })}`)}>
              {userId}
            </a>,
          ],
          ['Now', newest && `${newest.step.type}: ${whereIs(newest.entries)}`],
          [
            'Live',
            <a key="live" href={href(`/stream?task=${id}`)}>
              Its events in the stream
            </a>,
          ],
        ]}
      />
      {problem && <p class="stale">Reporting did not answer: {problem.detail ?? problem.title}</p>}
      {traced.problem && (
        <p class="stale">
          The scheduler did not answer, so jobs are missing: {traced.problem.detail ?? traced.problem.title}
        </p>
      )}
      {traced.more && (
        <p class="quiet">There are more jobs than are shown: the page of each trace lists its own.</p>
      )}
      <ol class="events">
        {timeline.map(entries => (
          <EventTimeline key={entries.step.sequence} {...entries} />
        ))}
      </ol>
      {steps.length === 0 && <p>There is no event after version {after}.</p>}
      <nav class="pager" aria-label="Pages of the history">
        {after > 0 && <a href={href(taskPath(id))}>First events</a>}
        {nextAfter !== null && <a href={href(`${taskPath(id)}?after=${nextAfter}`)}>Later events</a>}
      </nav>
    </>
  )
}

/** Where the newest event is, in a few words. */
function whereIs(entries: readonly Entry[]): string {
  const stuck = entries.find(({ state }) => state === 'late' || state === 'failed')
  if (stuck !== undefined) return `${stuck.title} is ${stuck.state}`
  const last = entries.findLast(({ state }) => state === 'done')
  return last?.title ?? 'not known'
}
