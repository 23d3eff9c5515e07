// Long enough for the words that tell errors apart. Bounds the work of the patterns below.
const MAX_INPUT = 2000
const MAX_CHARACTERS = 200

/**
 * Reduces an error to what it has in common with other errors of the same cause: its first line, without numbers, ids, quoted
 * parts, addresses and URLs. For example, `timeout for job 123` becomes `timeout for job #`.
 */
export function normalisedError(error: string): string {
  return firstLine(error)
    .slice(0, MAX_INPUT)
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '<url>')
    .replace(/[^\s@<>"'`(),;:]+@[^\s@<>"'`(),;:]+/g, '<address>')
    .replace(/"[^"]*"|`[^`]*`|«[^»]*»|“[^”]*”/g, '…')
    .replace(/(?<![\p{L}\p{N}])'.*?'(?![\p{L}\p{N}])/gu, '…')
    .replace(/[\p{L}\p{N}_-]+/gu, word => (/\p{N}/u.test(word) ? '#' : word))
    .replace(/[.:]*#(?:[\s,.:/+]*#)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_CHARACTERS)
    .toWellFormed()
}

/** The first line of a text that is not blank, without white space around it; the empty text if there is none. */
export const firstLine = (text: string): string => /\S.*/.exec(text)?.[0].trim() ?? ''
