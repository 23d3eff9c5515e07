import { useState } from 'preact/hooks'
import { query } from '../../address/address.ts'
import { numberOf } from '../../bulk/plan.ts'
import { useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
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
  const [changes, setChanges] = useState(0)
  const version = `${useEvery(EVERY_MS)} ${changes}`
  const read = useRead(signal => readKinds(after, signal), [after], version)
  const changed = () => setChanges(before => before + 1)
  useRowKeys()
  return (
    <>
      {open !== undefined && <KindForm key={open} name={open} onChange={changed} />}
      <h2>Kinds</h2>
      <p class="help">
        Rules hold for attempts that start afterwards. A kind without rules of its own has the default rules.
      </p>
      <Shown read={read} what="the kinds">
        {({ rows, nextAfter }) => <Kinds kinds={rows} nextAfter={nextAfter} onChange={changed} />}
      </Shown>
      <NameForm label="Rules for another kind" of="kind" />
      <LimitsView />
    </>
  )
}

interface Props {
  kinds: readonly Kind[]
  nextAfter: string | null
  onChange: () => void
}

function Kinds({ kinds, nextAfter, onChange }: Props) {
  const command = useCommand()
  if (kinds.length === 0) {
    return (
      <Empty>
        <p>No kind has rules of its own: all have the default rules.</p>
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
        of={`kinds ${query.value.get('cursor')}`}
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
