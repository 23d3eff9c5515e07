import { useRef } from 'preact/hooks'
import { href } from '../address/address.ts'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { Mark } from '../elements/mark.tsx'
import { now } from '../time/clock.ts'
import { durationText } from '../time/duration-text.ts'
import { Time } from '../time/time.tsx'
import { type LagHistory, noteLags } from './lag.ts'
import { Lags } from './lags.tsx'
import { isService, type PartNow, stateWords, titles } from './parts-now.ts'
import { Rates } from './rate.tsx'

/** The state of a part: a word, or for how long there has been no answer. */
export function State({ part: { state, since } }: { part: PartNow }) {
  const { word, tone } = stateWords[state]
  const forSome =
    state === 'no answer' && since !== undefined ? ` for ${durationText(now.value - Date.parse(since))}` : ''
  return (
    <Mark tone={tone}>
      {word}
      {forSome}
    </Mark>
  )
}

const version: Column<PartNow> = {
  title: 'Version',
  cell: ({ version }) => version ?? <span class="quiet">not known</span>,
}

const columnsOf = (history: LagHistory, hasVersions: boolean): readonly Column<PartNow>[] => [
  { title: 'Part', cell: ({ name }) => <a href={href(`/now/${name}`)}>{titles[name]}</a> },
  { title: 'State', cell: part => <State part={part} /> },
  ...(hasVersions ? [version] : []),
  { title: 'Since', isWhole: true, cell: ({ since }) => since !== undefined && <Time at={since} /> },
  {
    title: 'Behind',
    cell: ({ name, lags }) => {
      if (lags !== undefined && lags.length > 0) return <Lags lags={lags} history={history} />
      return isService(name) && <span class="quiet">{lags ? 'reads nothing' : 'no answer'}</span>
    },
  },
  {
    title: 'A minute',
    cell: ({ name, service }) => isService(name) && service && <Rates service={name} rates={service.rates} />,
  },
]

// A page that was hidden has not looked meanwhile, and a trend is that of a minute.
const GAP_MS = 60_000

interface Props {
  parts: readonly PartNow[]
  readAt: number
  /** Whether the versions are shown: while they differ. */
  hasVersions: boolean
}

/** A row for each part of Daybook, always in the same order. */
export function PartTable({ parts, readAt, hasVersions }: Props) {
  const seen = useRef<{ readAt: number; history: LagHistory }>({ readAt: 0, history: new Map() })
  if (seen.current.readAt !== readAt) {
    const lags = parts.flatMap(part => part.lags ?? [])
    const before = readAt - seen.current.readAt > GAP_MS ? new Map() : seen.current.history
    seen.current = { readAt, history: noteLags(before, lags) }
  }
  return (
    <div class="parts">
      <DataTable
        caption="Parts of Daybook"
        columns={columnsOf(seen.current.history, hasVersions)}
        rows={parts}
        keyOf={({ name }) => name}
      />
    </div>
  )
}
