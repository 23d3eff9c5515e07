import type { DeadLetter } from './dead-letter-model.ts'
import { contentOf } from './letter-content-store.ts'

/** The fields of a letter that `containsText` searches. */
export const searchedFields = ['error', 'key', 'headers', 'value'] as const satisfies (keyof DeadLetter)[]

/**
 * Makes the test whether the error, the key, a header or the value of a letter contains a text, in upper or lower case. It knows what is in
 * the letter: not the headers and the value of a large message, which are stored beside it, nor its key if that is large too.
 */
export function containsText(
  text: string,
): (letter: Pick<DeadLetter, (typeof searchedFields)[number]>) => boolean {
  const wanted = text.toLowerCase()
  const has = (one: Buffer | string | null) => one?.toString().toLowerCase().includes(wanted) === true
  return letter => {
    const { key, headers, value } = contentOf(letter)
    return [letter.error.message, key, value, ...headers.flat()].some(has)
  }
}
