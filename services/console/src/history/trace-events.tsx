import { href } from '../address/address.ts'
import { taskPath } from '../address/page-paths.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { Time } from '../time/time.tsx'
import { Copied } from './copied.tsx'
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

/** The events that the requests of a trace caused. */
export function TraceEvents({ trace }: { trace: string }) {
  const read = useRead(signal => readTrace(trace, signal), [trace])
  return (
    <>
      <p>
        Trace <Copied text={trace} />
      </p>
      <Shown read={read} what="the events of this trace">
        {steps =>
          steps.length > 0 ? (
            <DataTable caption="Events of the trace" columns={columns} rows={steps} keyOf={({ id }) => id} />
          ) : (
            <Empty>
              <p>
                No event is known of this trace: its requests have changed no task, or are older than this
                version.
              </p>
            </Empty>
          )
        }
      </Shown>
    </>
  )
}
