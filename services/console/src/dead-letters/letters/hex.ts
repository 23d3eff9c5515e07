const PER_LINE = 16

/** Writes bytes as lines of `offset  hex  text`. */
export function hexDump(bytes: Uint8Array): string {
  const lines = []
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const line = [...bytes.subarray(at, at + PER_LINE)]
    const hex = hexOf(line)
    const text = line.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${text}`)
  }
  return lines.join('\n')
}

/** Writes bytes in hexadecimal, with spaces between them. */
export const hexOf = (bytes: Iterable<number>): string =>
  Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(' ')

/** Reads base64. */
export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), one => one.charCodeAt(0))

/** The bytes of what the API gives as text, or as base64 when it is not UTF-8. */
export const bytesOfEither = (text: string | undefined, base64: string | undefined): Uint8Array =>
  base64 === undefined ? new TextEncoder().encode(text) : bytesOf(base64)
