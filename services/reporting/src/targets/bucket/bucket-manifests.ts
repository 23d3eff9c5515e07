import { endedLines, inBlocks } from '../../manifests/blocks.ts'
import { type Manifests, manifestPath } from '../../manifests/manifest-files.ts'
import type { Bucket } from './bucket.ts'

/**
 * The manifests in a bucket. Objects cannot be appended to, so an amendment reads the manifest and stores it again, if nobody has changed
 * it meanwhile.
 */
export function bucketManifests(bucket: Bucket): Manifests {
  return {
    async read(of) {
      const found = await bucket.get(manifestPath(of))
      return found && endedLines(inParts(found.content))
    },
    async create(of, lines) {
      const blocks: Buffer[] = []
      for await (const block of inBlocks(lines)) blocks.push(Buffer.from(block))
      return bucket.put(manifestPath(of), Buffer.concat(blocks), { etag: null })
    },
    remove: of => bucket.remove([manifestPath(of)]),
    async append(of, lines) {
      const added = Buffer.from(lines.map(line => `${line}\n`).join(''))
      for (;;) {
        const found = await bucket.get(manifestPath(of))
        if (found === undefined) return false
        const { content, etag = '' } = found
        if (await bucket.put(manifestPath(of), Buffer.concat([content, added]), { etag })) return true
      }
    },
  }
}

const PART = 65_536

/** The text of a manifest in parts, so that it is in memory once. */
async function* inParts(content: Buffer): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for (let i = 0; i < content.length; i += PART)
    yield decoder.decode(content.subarray(i, i + PART), { stream: true })
}
