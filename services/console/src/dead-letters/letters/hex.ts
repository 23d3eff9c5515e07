const PER_LINE = 16

/** Writes bytes as lines of `offset  hex  text`. */
export function hexDump(bytes: Uint8Array): string {
  const lines = []
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const line = [...bytes.subarray(at, at + PER_LINE)]
    const hex = line.map(byte => byte.toString(16).padStart(2, '0')).join(' ')
    const text = line.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(PER_LINE * 3 - 1)}  ${text}`)
  }
  return lines.join('\n')
}

/** Reads base64. */
export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), one => one.charCodeAt(0))
