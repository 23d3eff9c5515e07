import { useState } from 'preact/hooks'
import { query } from '../../address/address.ts'
import { numberOf } from '../../bulk/plan.ts'
import { useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
import { SearchField } from '../../elements/search-field.tsx'
import { Empty, Fault, Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { useEvery } from '../../live/use-every.ts'
import { putKind, readKinds } from './definitions.ts'
import { columnsOf } from './kind-columns.tsx'
import type { Kind } from './kind-fields.ts'
import { KindForm } from './kind-form.tsx'
import { LimitsView } from './limits-view.tsx'
import { NameForm } from './name-form.tsx'

const EVERY_MS = 15_000

/** The rules of kinds and the limits that kinds share. They can be changed while jobs run. */
export function KindsView() {
  const open = query.value.get('kind') ?? undefined
  const after = query.value.get('cursor') ?? undefined
  const q = query.value.get('q') ?? ''
  const [changes, setChanges] = useState(0)
  const version = `${useEvery(EVERY_MS)} ${changes}`
  const read = useRead(signal => readKinds({ q, after }, signal), [q, after], version)
  const changed = () => setChanges(before => before + 1)
  useRowKeys()
  return (
    <>
      {open !== undefined && <KindForm key={open} name={open} onChange={changed} />}
      <div class="filters">
        <SearchField label="Search kinds and limits by name" />
      </div>
      <h2>Kinds</h2>
      <p class="help">
        Rules hold for attempts that start afterwards. A kind without rules of its own has the default rules.
      </p>
      <Shown read={read} what="the kinds">
        {({ rows, nextAfter }) => <Kinds kinds={rows} nextAfter={nextAfter} q={q} onChange={changed} />}
      </Shown>
      <NameForm label="Rules for another kind" of="kind" />
      <LimitsView />
    </>
  )
}

interface Props {
  kinds: readonly Kind[]
  nextAfter: string | null
  q: string
  onChange: () => void
}

function Kinds({ kinds, nextAfter, q, onChange }: Props) {
  const command = useCommand()
  if (kinds.length === 0) {
    return (
      <Empty>
        <p>
          {q
            ? `No kind with “${q}” in its name has rules of its own.`
            : 'No kind has rules of its own: all have the default rules.'}
        </p>
      </Empty>
    )
  }
  const pause = async ({ name, version, definition }: Kind) => {
    const paused = definition.paused !== true
    const done = `${name} is ${paused ? 'paused' : 'resumed'}`
    await command.run(() => putKind(name, version, { ...definition, paused }), done)
    onChange()
  }
  return (
    <>
      <Fault problem={command.problem} />
      <LiveTable
        of={`kinds ${q} ${query.value.get('cursor')}`}
        summary={`${numberOf(kinds.length, 'kind')} on this page`}
        caption="Kinds"
        columns={columnsOf(pause, command.isRunning)}
        rows={kinds}
        keyOf={({ name }) => name}
        nextCursor={nextAfter}
      />
    </>
  )
}
