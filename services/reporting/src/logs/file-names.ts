import { createHash } from 'node:crypto'

/** The most bytes of a name: with id, time and suffix a file name stays below the 255 bytes that file systems take. */
const BYTES = 80
const HASH = 20
const looksHashed = new RegExp(`-[0-9a-f]{${HASH}}$`)

/**
 * Text from outside as a part of a file name: in NFC, of letters, marks, digits, `.`, `_` and `-` only, not beginning
 * with `.` or `-`, in at most 80 bytes of UTF-8. Different texts may become the same.
 */
export const slug = (text: string): string => cut(harmless(text), BYTES)

/**
 * A slug that is a name of its own: two texts never meet in one. Whatever had to be changed gets a hash of the whole text
 * for a suffix; and so does what would be right as it is but looks like such a name, ends like a file of ours, or
 * differs from another name only by case, which some file systems do not tell apart.
 */
export function safeName(text: string): string {
  // There and back: lower case alone keeps apart what upper case makes one, as ς and σ, ſ and s.
  const oneCase = text === text.toUpperCase().toLowerCase()
  if (slug(text) === text && oneCase && !looksHashed.test(text) && !text.endsWith('.log')) return text
  // Lone surrogates all become U+FFFD in UTF-8; in UTF-16 they stay what they are.
  const hash = createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex').slice(0, HASH)
  return `${cut(harmless(text), BYTES - HASH - 1)}-${hash}`
}

const harmless = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]/gu, '_')
    .replace(/^[.-]|^$/, '_')

/** The longest beginning of a text that has at most `bytes` bytes and ends with a whole code point. */
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
