import { normalisedError } from '../failures/error-words.ts'
import type { DeadLetter } from './dead-letter-model.ts'
import { contentOf } from './letter-content-store.ts'

/** A condition that MongoDB cannot check: which fields it reads, and whether a letter meets it. */
export interface LetterCheck {
  fields: readonly (keyof DeadLetter)[]
  meets: (letter: Pick<DeadLetter, 'error' | 'key' | 'headers' | 'value'>) => boolean
}

/** Makes the check for a text and for the group of an error; undefined when a filter has neither. */
export function checkOf(wanted: {
  text?: string | undefined
  errorGroup?: string | undefined
}): LetterCheck | undefined {
  const { text, errorGroup } = wanted
  if (text === undefined && errorGroup === undefined) return undefined
  const contains = text === undefined ? () => true : containsText(text)
  return {
    fields: text === undefined ? ['error'] : ['error', 'key', 'headers', 'value'],
    meets: letter =>
      (errorGroup === undefined || normalisedError(letter.error.message) === errorGroup) && contains(letter),
  }
}

/**
 * Makes the test whether the error, the key, a header or the value of a letter contains a text, in upper or lower case. It knows what is in
 * the letter: not the headers and the value of a large message, which are stored beside it, nor its key if that is large too.
 */
function containsText(text: string): LetterCheck['meets'] {
  const wanted = text.toLowerCase()
  const has = (one: Buffer | string | null) => one?.toString().toLowerCase().includes(wanted) === true
  return letter => {
    const { key, headers, value } = contentOf(letter)
    return [letter.error.message, key, value, ...headers.flat()].some(has)
  }
}
