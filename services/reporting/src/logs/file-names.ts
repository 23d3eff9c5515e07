import { createHash } from 'node:crypto'

/** The most bytes of a name. With id, time and suffix a file name stays below the 255 bytes that file systems allow. */
const BYTES = 80
const HASH = 20
const looksHashed = new RegExp(`-[0-9a-f]{${HASH}}$`)

/**
 * Turns a user's text into a part of a file name: in NFC, with letters, marks, digits, `.`, `_` and `-` only, not starting
 * with `.` or `-`, in at most 80 bytes of UTF-8. Different texts may get the same slug.
 */
export const slug = (text: string): string => cut(harmless(text), BYTES)

/**
 * Turns a user's text into a file name that no other text gets. A text that the slug changes gets a hash of the whole text as
 * a suffix. So does a text that looks like such a name, that ends in `.log`, or that may differ from another text by case
 * only, because some file systems ignore case.
 */
export function safeName(text: string): string {
  // To upper case and back: lower case alone does not unite letters that share an upper case, such as ς and σ, ſ and s.
  const oneCase = text === text.toUpperCase().toLowerCase()
  if (slug(text) === text && oneCase && !looksHashed.test(text) && !text.endsWith('.log')) return text
  // UTF-16, because UTF-8 turns every lone surrogate into U+FFFD.
  const hash = createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex').slice(0, HASH)
  return `${cut(harmless(text), BYTES - HASH - 1)}-${hash}`
}

const harmless = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]/gu, '_')
    .replace(/^[.-]|^$/, '_')

/** The longest prefix of a text that has at most `bytes` bytes of UTF-8 and ends with a whole code point. */
function cut(text: string, bytes: number): string {
  let size = 0
  let end = 0
  for (const codePoint of text) {
    size += Buffer.byteLength(codePoint)
    if (size > bytes) break
    end += codePoint.length
  }
  return text.slice(0, end)
}
