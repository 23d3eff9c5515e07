import type { Static } from 'typebox'
import type { DeadLetter } from '../dead-letters/dead-letter-model.ts'
import { isClaimed } from '../dead-letters/letter-claim-store.ts'
import { keyOfLetter } from '../dead-letters/letter-content-store.ts'
import type { Header, RecordBody } from '../kafka/index.ts'
import type { LetterBody, ListedLetter } from './letter-schemas.ts'
import { shownBytes, shownJson } from './shown-bytes.ts'

/** The fields of a letter that lists read. */
export const listedFields = [
  'group',
  'topic',
  'partition',
  'offset',
  'batch',
  'key',
  'error',
  'attempts',
  'parkedAt',
  'lastAttemptAt',
  'claim',
] as const satisfies readonly (keyof DeadLetter)[]

type Listed = Pick<DeadLetter, '_id' | (typeof listedFields)[number]>

// Bytes of a value, of a value of a header, and of a key.
const [SHOWN_VALUE, SHOWN_HEADER, SHOWN_KEY] = [1024 ** 2, 4096, 1024]
const SHOWN_HEADERS = 1000
const SHOWN_ERROR = 300

/** A letter as lists show it. */
export function listedLetter(letter: Listed): Static<typeof ListedLetter> {
  const { name, message } = letter.error
  const key = keyOfLetter(letter.key ?? null)
  return { ...common(letter, key), error: { name, message: message.slice(0, SHOWN_ERROR).toWellFormed() } }
}

/** A letter as it is shown alone. @param content what the letter holds, in its exact bytes */
export function letterBody(letter: DeadLetter, content: RecordBody): Static<typeof LetterBody> {
  const { error, batch, timestamp = -1 } = letter
  const { key, headers, value } = content
  return {
    ...common(letter, key),
    error,
    keyBytes: key?.length ?? null,
    ...(timestamp < 0 ? {} : { timestamp: new Date(timestamp).toISOString() }),
    headers: headers.slice(0, SHOWN_HEADERS).map(shownHeader),
    headerCount: headers.length,
    valueBytes: value?.length ?? null,
    ...(value === null ? {} : batch === undefined ? shownValue(value) : shownBatch(value)),
  }
}

function common(letter: Listed, key: Buffer | null) {
  const { _id: id, group, topic, partition, offset, batch, attempts, parkedAt, lastAttemptAt } = letter
  return {
    ...{ id, group, topic, partition, offset, attempts },
    ...(batch === undefined ? {} : { batch: { lastOffset: batch.lastOffset, codec: batch.codec } }),
    ...(key === null ? {} : named('key', key, SHOWN_KEY)),
    parkedAt: parkedAt.toISOString(),
    ...(lastAttemptAt === undefined ? {} : { lastAttemptAt: lastAttemptAt.toISOString() }),
    replaying: isClaimed(letter),
  }
}

/** Bytes under a name if they are text, and under `<name>Base64` if they are not. */
function named<Name extends string>(name: Name, bytes: Buffer, most: number) {
  const shown = shownBytes(bytes, most)
  return ('text' in shown ? { [name]: shown.text } : { [`${name}Base64`]: shown.base64 }) as {
    [Field in Name | `${Name}Base64`]?: string
  }
}

const shownHeader = ([name, value]: Header) => ({
  ...named('name', name, SHOWN_HEADER),
  ...(value === null ? {} : named('value', value, SHOWN_HEADER)),
  valueBytes: value?.length ?? null,
})

function shownValue(value: Buffer) {
  const shown = named('value', value, SHOWN_VALUE)
  const isWhole = shown.value !== undefined && value.length <= SHOWN_VALUE
  const json = isWhole ? shownJson(shown.value ?? '') : undefined
  return json === undefined ? shown : { ...shown, json }
}

const shownBatch = (bytes: Buffer) => ({ valueBase64: bytes.subarray(0, SHOWN_VALUE).toString('base64') })
