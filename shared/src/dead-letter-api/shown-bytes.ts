import { isUtf8 } from 'node:buffer'
import { DaybookError } from '../failures/errors.ts'
import { readIJson } from '../http/requests/i-json.ts'
import { isDeeper } from '../validation/json-depth.ts'

/** The deepest JSON that is shown as JSON, and not as text. */
const MAX_DEPTH = 100

/** Bytes as the REST API shows them: as text if they are UTF-8, otherwise in base64. */
export type ShownBytes = { text: string } | { base64: string }

/** Shows the first bytes. @param most how many bytes are shown at most */
export function shownBytes(bytes: Buffer, most: number): ShownBytes {
  const shown = bytes.subarray(0, most)
  if (!isUtf8(bytes)) return { base64: shown.toString('base64') }
  // `stream`: the last bytes may be the beginning of a character, which is left out.
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(shown, { stream: true }) }
}

/** The JSON value of a text; undefined when it is no JSON, or when its numbers or names would look different as JSON. */
export function shownJson(text: string): unknown {
  try {
    const value = readIJson(text)
    return isDeeper(value, MAX_DEPTH) ? undefined : value
  } catch (error) {
    if (error instanceof DaybookError) return undefined
    throw error
  }
}
