import { type Column, DataTable } from '../elements/data-table.tsx'
import { ShowMore, useCount } from '../elements/lists/show-more.tsx'
import { Time } from '../time/time.tsx'
import type { compareLog, Difference } from './compare-log.ts'

type Line = ReturnType<typeof compareLog>[number]

const inWords: Record<Difference, string> = {
  same: 'in the log',
  added: 'will be added',
  removed: 'will be removed',
}

const columnsOf = (day: string): readonly Column<Line>[] => [
  { title: 'Completed', cell: ({ entry }) => <Time at={entry.completedAt} day={day} /> },
  { title: 'Task', cell: ({ entry }) => <bdi>{entry.name}</bdi> },
]

const state: Column<Line> = {
  title: 'Log',
  cell: ({ difference, entry }) => (
    <span class={`difference-${difference}`}>
      {inWords[difference]}
      {entry.late && ', came after the day was closed'}
    </span>
  ),
}

interface Props {
  day: string
  caption: string
  compared: readonly Line[]
  /** Whether there is a log to compare with. */
  isWritten: boolean
}

/** The lines of a log, a hundred at first, each with whether the file has it. */
export function LogTable({ day, caption, compared, isWritten }: Props) {
  const { count, more } = useCount(day)
  const rows = compared.slice(0, count)
  return (
    <>
      <DataTable
        caption={caption}
        columns={isWritten ? [...columnsOf(day), state] : columnsOf(day)}
        rows={rows}
        keyOf={({ entry }) => `${entry.completedAt} ${entry.taskId}`}
      />
      <ShowMore of={caption} shown={rows.length} all={compared.length} onMore={more} />
    </>
  )
}
