import { useState } from 'preact/hooks'
import { href, query } from '../../address/address.ts'
import { type Column, DataTable } from '../../elements/data-table.tsx'
import { useRowKeys } from '../../elements/lists/row-keys.ts'
import { Mark } from '../../elements/mark.tsx'
import { Empty, Shown } from '../../elements/states.tsx'
import { useCommand } from '../../elements/use-command.ts'
import { useRead } from '../../elements/use-read.ts'
import { useEvery } from '../../live/use-every.ts'
import { Ago } from '../../time/time.tsx'
import { putKind, readKinds } from './definitions.ts'
import { type Kind, limitText } from './kind-fields.ts'
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
      {command.problem && <p class="fault">{command.problem.detail ?? command.problem.title}</p>}
      <DataTable
        caption="Kinds"
        columns={columnsOf(pause, command.isRunning)}
        rows={kinds}
        keyOf={({ name }) => name}
        nextCursor={nextAfter}
      />
    </>
  )
}

const columnsOf = (pause: (kind: Kind) => void, isBusy: boolean): readonly Column<Kind>[] => [
  {
    title: 'Kind',
    cell: ({ name }) => (
      <a href={href(`/jobs?${new URLSearchParams({ view: 'kinds', kind: name })}`)}>{name}</a>
    ),
  },
  { title: 'State', cell: kind => <KindState kind={kind} /> },
  { title: 'Lane', cell: ({ definition }) => definition.lane ?? 'default' },
  { title: 'Limits', cell: ({ definition }) => limitText(definition) },
  { title: 'Failures allowed', isNumber: true, cell: ({ definition }) => definition.attempts ?? 10 },
  {
    title: 'Changed',
    cell: ({ changedAt, changedBy }) => (
      <>
        <Ago at={changedAt} />
        <span class="why">by {changedBy}</span>
      </>
    ),
  },
  {
    title: 'Action',
    cell: kind => {
      const action = kind.definition.paused ? 'Resume' : 'Pause'
      return (
        <button
          type="button"
          class="plain"
          disabled={isBusy}
          aria-label={`${action} ${kind.name}`}
          onClick={() => pause(kind)}
        >
          {action}
        </button>
      )
    },
  },
]

function KindState({ kind: { name, failing, definition } }: { kind: Kind }) {
  if (definition.paused) return <Mark tone="warning">paused</Mark>
  if (!failing) return <Mark tone="good">runs</Mark>
  return (
    <>
      <Mark tone="bad">failing</Mark>
      <span class="why">
        its last 20 attempts failed, so one at a time is sent.{' '}
        <a href={href(`/jobs?${new URLSearchParams({ kind: name, state: 'failed' })}`)}>Read the errors</a>
      </span>
    </>
  )
}
