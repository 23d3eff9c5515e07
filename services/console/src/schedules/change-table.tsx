import { type Column, DataTable } from '../elements/data-table.tsx'
import { Ago, Time } from '../time/time.tsx'
import { compareDefinitions } from './definition/compare-definitions.ts'
import { Differences } from './definition/differences.tsx'
import type { Change } from './definition/schedule.ts'

type Line = Change & { before: Change | undefined }

const columns: readonly Column<Line>[] = [
  {
    title: 'When',
    cell: ({ at }) => (
      <>
        <Time at={at} />{' '}
        <span class="help">
          <Ago at={at} />
        </span>
      </>
    ),
  },
  { title: 'Who', cell: ({ by }) => by },
  { title: 'What', cell: ({ action }) => (action === 'fired' ? 'fired by hand' : action) },
  { title: 'Version', cell: ({ version }) => version, isNumber: true },
  { title: 'Fields', cell: fields },
]

/** What operators did to a schedule, newest first, with the fields that changed. */
export function ChangeTable({ changes }: { changes: readonly Change[] }) {
  const lines = changes.map((change, i): Line => {
    const before = changes.slice(i + 1).find(({ definition }) => definition !== undefined)
    return { ...change, before }
  })
  return (
    <DataTable
      caption="Changes, and firings by hand"
      columns={columns}
      rows={lines}
      keyOf={({ at, version, action }) => `${at} ${version} ${action}`}
    />
  )
}

function fields({ action, definition, before }: Line) {
  const isChange = action === 'changed' || action === 'created'
  if (!isChange || definition === undefined || before?.definition === undefined) return null
  return <Differences of={compareDefinitions(before.definition, definition)} />
}
