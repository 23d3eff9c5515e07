import { query, setQuery } from '../../address/address.ts'
import { hexDump } from '../letters/hex.ts'
import type { Letter } from '../letters/letter.ts'
import { type View, valueBytesOf, viewsOf } from '../letters/value-views.ts'
import { MarkedJson } from './marked-json.tsx'

// More would be slow to show, and nobody reads it.
const MOST_HEX_BYTES = 64 * 1024

const names: Record<View, string> = {
  json: 'JSON, a line for each value',
  text: 'text, as it is on Kafka',
  bytes: 'bytes',
}

/** The value of a record as JSON with marks where it violates its schema, as text, or as its bytes. */
export function LetterValue({ letter }: { letter: Letter }) {
  const { json, value, valueBytes, error } = letter
  if (valueBytes === null) return <p class="help">The record has no value.</p>
  const views = viewsOf(letter)
  const wanted = query.value.get('as')
  const view = views.find(one => one === wanted) ?? (views[0] as View)
  const bytes = valueBytesOf(letter)
  const hex = bytes.subarray(0, MOST_HEX_BYTES)
  const faults = error.faults ?? []
  return (
    <>
      {views.length > 1 && <ViewChoice {...{ views, view }} />}
      {view !== 'json' && <Faults of={faults} />}
      <Bounds shown={view === 'bytes' ? hex.length : bytes.length} of={valueBytes} />
      {view === 'json' && <MarkedJson value={json} faults={faults} />}
      {view === 'text' && <pre class="text">{value}</pre>}
      {view === 'bytes' && <pre class="hex">{hexDump(hex)}</pre>}
    </>
  )
}

const ViewChoice = ({ views, view }: { views: readonly View[]; view: View }) => (
  <p class="commands">
    <label class="choice">
      Shown as{' '}
      <select value={view} onChange={event => setQuery({ as: event.currentTarget.value })}>
        {views.map(one => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </label>
  </p>
)

const Faults = ({ of }: { of: NonNullable<Letter['error']['faults']> }) => (
  <ul class="faults">
    {of.map(({ pointer, detail }) => (
      <li key={`${pointer} ${detail}`} class="fault">
        <code>{pointer || 'the value'}</code> {detail}
      </li>
    ))}
  </ul>
)

const Bounds = ({ shown, of }: { shown: number; of: number }) =>
  shown < of ? (
    <p class="help">
      The first {shown.toLocaleString('en')} of {of.toLocaleString('en')} bytes.
    </p>
  ) : null
