import { gunzipSync, gzipSync } from 'node:zlib'

/** The suffix of a compressed file. */
export const GZ = '.gz'

/** Compresses a file. The header that Node writes holds neither a name nor a time, so the same content makes the same bytes. */
export const gzip = (content: string | Buffer): Buffer => gzipSync(content)

/** The content of a file with this name. */
export const contentOf = (name: string, bytes: Buffer): Buffer =>
  name.endsWith(GZ) ? gunzipSync(bytes) : bytes

/** The name of a file without the suffix of compressed files. */
export const plainName = (name: string): string => (name.endsWith(GZ) ? name.slice(0, -GZ.length) : name)
