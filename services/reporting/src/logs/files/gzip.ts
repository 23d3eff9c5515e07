import { promisify } from 'node:util'
import { gunzipSync, gzipSync, gzip as startGzip } from 'node:zlib'

/** The suffix of a compressed file. */
export const GZ = '.gz'

/** Compresses a file. The header that Node writes holds neither a name nor a time, so the same content makes the same bytes. */
export const gzip = (content: string): Buffer => gzipSync(content)

/** The same on another thread. */
export const gzipAside: (content: Buffer) => Promise<Buffer> = promisify(startGzip)

// No folder has such a name, see `safeName`.
const isCompressed = (name: string) => name.endsWith(`.log${GZ}`)

/** The content of a file with this name. A damaged file is returned as it is: who compares it with its digest finds the damage. */
export function contentOf(name: string, bytes: Buffer): Buffer {
  if (!isCompressed(name)) return bytes
  try {
    return gunzipSync(bytes)
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith('Z_')) return bytes
    throw error
  }
}

/** The name of a file without the suffix of compressed files. */
export const plainName = (name: string): string => (isCompressed(name) ? name.slice(0, -GZ.length) : name)
