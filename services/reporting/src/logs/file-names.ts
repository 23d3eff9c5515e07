import { createHash } from 'node:crypto'

/**
 * The greatest number of bytes in a name. With id, time and suffix a file name stays below the 255 bytes that file systems
 * allow.
 */
const MAX_BYTES = 80
const HASH_LENGTH = 20
const looksHashed = new RegExp(`-[0-9a-f]{${HASH_LENGTH}}$`)

/**
 * Turns a user's text into a part of a file name: in NFC, with letters, marks, digits, `.`, `_` and `-` only, not starting
 * with `.` or `-`, in at most 80 bytes of UTF-8. Different texts may get the same slug.
 */
export const slug = (text: string): string => cut(harmless(text), MAX_BYTES)

/**
 * Turns a user's text into a file name that no other text gets. A text that the slug changes gets a hash of the whole text as
 * a suffix. So does a text that already looks like a name with a hash, or that ends like the name of a log, in `.log` or
 * `.log.gz`. So does a text that may differ from another text only by case, because some file systems ignore case.
 */
export function safeName(text: string): string {
  if (isPlain(text) && !/\.log(\.gz)?$/.test(text)) return text
  // Hashes UTF-16, because UTF-8 encodes every lone surrogate as U+FFFD.
  const hash = createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex').slice(0, HASH_LENGTH)
  return `${cut(harmless(text), MAX_BYTES - HASH_LENGTH - 1)}-${hash}`
}

/** The name that earlier versions gave a text, if it has another one now: they did not reserve `.log.gz`. */
export const formerName = (text: string): string | undefined =>
  isPlain(text) && text.endsWith('.log.gz') ? text : undefined

function isPlain(text: string): boolean {
  // Converts to upper case first, because lower case alone does not unite letters that share an upper case, such as ς and σ.
  const oneCase = text === text.toUpperCase().toLowerCase()
  return slug(text) === text && oneCase && !looksHashed.test(text)
}

/** The path of a user's day below the folder of the log files: with `.log` that of the user log, without it that of the task files. */
export const logPath = (day: string, userId: string): string => `${day}/${safeName(userId)}`

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
