import { useState } from 'preact/hooks'
import { Json } from '../../elements/json.tsx'
import { bytesOf, hexDump } from '../letters/hex.ts'
import type { Letter } from '../letters/letter.ts'

// More would be slow to show, and nobody reads it.
const MOST_HEX_BYTES = 64 * 1024

/** The value of a record as text, JSON with a line for each value, or as its bytes. */
export function LetterValue({ letter }: { letter: Letter }) {
  const { json, value, valueBase64, valueBytes } = letter
  const [isHex, setHex] = useState(false)
  if (valueBytes === null) return <p class="help">The record has no value.</p>
  const text = json === undefined ? value : JSON.stringify(json)
  const bytes = valueBase64 === undefined ? new TextEncoder().encode(text ?? '') : bytesOf(valueBase64)
  const showsHex = isHex || valueBase64 !== undefined
  return (
    <>
      {valueBase64 === undefined && (
        <p class="commands">
          <label>
            <input type="checkbox" checked={isHex} onChange={event => setHex(event.currentTarget.checked)} />{' '}
            Bytes
          </label>
        </p>
      )}
      {showsHex && <Notes shown={Math.min(bytes.length, MOST_HEX_BYTES)} {...{ valueBytes, json }} />}
      {showsHex ? (
        <pre class="hex">{hexDump(bytes.subarray(0, MOST_HEX_BYTES))}</pre>
      ) : json === undefined ? (
        <pre>{value}</pre>
      ) : (
        <Json value={json} />
      )}
    </>
  )
}

/** What the shown bytes are not. */
function Notes({ shown, valueBytes, json }: { shown: number; valueBytes: number; json: unknown }) {
  if (json !== undefined && shown !== valueBytes) {
    return (
      <p class="help">The bytes of the JSON without spaces. The record has spaces or escapes of its own.</p>
    )
  }
  if (shown === valueBytes) return null
  return (
    <p class="help">
      The first {shown.toLocaleString('en')} of {valueBytes.toLocaleString('en')} bytes.
    </p>
  )
}
