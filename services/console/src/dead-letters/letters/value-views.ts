import { bytesOfEither } from './hex.ts'
import type { Letter } from './letter.ts'

/** The ways to show the value of a record. */
export type View = 'json' | 'text' | 'bytes'
type Value = Pick<Letter, 'json' | 'value' | 'valueBase64'>

/** How a value can be shown, the best way first. */
export const viewsOf = ({ json, value }: Value): View[] => [
  ...(json === undefined ? [] : (['json'] as const)),
  ...(value === undefined ? [] : (['text'] as const)),
  'bytes',
]

/** The bytes of a value as they are on Kafka: the first ones of a large value. Text is UTF-8, otherwise it would have come as base64. */
export const valueBytesOf = ({ value, valueBase64 }: Value): Uint8Array => bytesOfEither(value, valueBase64)
