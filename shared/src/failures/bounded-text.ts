const MAX_CHARACTERS = 2000

/** Shortens a text to 2000 characters for the store and the log, and replaces lone surrogates, which UTF-8 cannot encode. */
export function boundedText(text: string): string {
  const bounded = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text
  return bounded.toWellFormed()
}

/** Shortens a text to some bytes of UTF-8, between two characters, and replaces lone surrogates. */
export function boundedBytes(text: string, most: number): string {
  const bytes = Buffer.from(text.toWellFormed())
  if (bytes.length <= most) return bytes.toString()
  let end = most - Buffer.byteLength('…')
  // 10xxxxxx: the byte continues a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return `${bytes.subarray(0, end)}…`
}
