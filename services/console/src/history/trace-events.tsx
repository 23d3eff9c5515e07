import { href } from '../address/address.ts'
import { taskPath } from '../address/page-paths.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { ShowMore, useCount } from '../elements/lists/show-more.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { traceIn } from '../live/message.ts'
import { useEvents } from '../live/use-events.ts'
import { eventTypes } from '../stream/event-filter.ts'
import { Time } from '../time/time.tsx'
import { Copied } from './copied.tsx'
import { TraceJobs } from './jobs/trace-jobs.tsx'
import { readTrace, type Step } from './read-history.ts'

const columns: readonly Column<Step>[] = [
  {
    title: 'Event',
    cell: ({ taskId, type, sequence }) => (
      <a href={href(`${taskPath(taskId)}${sequence > 1 ? `?after=${sequence - 1}` : ''}`)}>{type}</a>
    ),
  },
  { title: 'Task', cell: ({ taskId }) => <code>{taskId}</code> },
  { title: 'User', cell: ({ userId }) => userId },
  { title: 'Time', cell: ({ time }) => <Time at={time} toTheSecond /> },
  {
    title: 'Kafka',
    cell: ({ published, partition, offset }) =>
      partition !== null ? `${partition} / ${offset}` : published ? 'place not known' : 'not published yet',
  },
]

const TYPES = new Set(eventTypes)

/** The events that the requests of a trace caused, and the jobs that were added within it. */
export function TraceEvents({ trace }: { trace: string }) {
  const version = useEvents(TYPES, ({ traceparent }) => traceIn(traceparent) === trace)
  const read = useRead(signal => readTrace(trace, signal), [trace], version)
  return (
    <>
      <p>
        Trace <Copied text={trace} />
      </p>
      <h2>Events</h2>
      <Shown read={read} what="the events of this trace">
        {({ steps, more }) =>
          steps.length > 0 ? (
            <EventsFound trace={trace} steps={steps} more={more} />
          ) : (
            <Empty>
              <p>
                No event is known of this trace: nothing has changed a task within it, or it is older than
                this version.
              </p>
            </Empty>
          )
        }
      </Shown>
      <h2>Jobs</h2>
      <TraceJobs trace={trace} version={version} />
    </>
  )
}

/** Events of a trace, a hundred of them at first. @param props.more whether the trace has others */
function EventsFound({
  trace,
  steps,
  more: isPart,
}: {
  trace: string
  steps: readonly Step[]
  more: boolean
}) {
  const { count, more } = useCount(trace)
  const rows = steps.slice(0, count)
  const caption = 'Events of the trace'
  return (
    <section aria-label={caption}>
      {isPart && <p class="help">The trace has more events than these {steps.length}.</p>}
      <DataTable caption={caption} columns={columns} rows={rows} keyOf={({ id }) => id} />
      <ShowMore of={caption} shown={rows.length} all={steps.length} onMore={more} />
    </section>
  )
}
