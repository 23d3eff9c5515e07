import { concurrently } from '../../concurrently.ts'
import { GZ, gzipAside } from '../../logs/files/gzip.ts'
import { FILES_AT_ONCE, isDay, type LogDays } from '../../logs/files/log-days.ts'
import type { Bucket } from './bucket.ts'

/** Requests at the same time. Few, because it is not urgent. */
const CONCURRENT = 8

/** Old days in a bucket. */
export function bucketDays(bucket: Bucket): LogDays {
  async function compress(keys: string[]): Promise<void> {
    await concurrently(keys, CONCURRENT, compressOne)
    await bucket.remove(keys)
  }

  async function compressOne(key: string): Promise<void> {
    const found = await bucket.get(key)
    if (found === undefined) return
    const made = await gzipAside(found.content)
    // Not over the object of a writer.
    if (!(await bucket.put(key + GZ, made, { etag: null }))) return
    // A writer removes an object that is not wanted any more in both forms, the plain one first. If that one is still here, the
    // writer finds the other one too. A later writer may have put its own object in this place.
    if ((await bucket.get(key)) !== undefined) return
    const stored = await bucket.get(key + GZ)
    if (stored?.content.equals(made)) await bucket.remove([key + GZ])
  }

  return {
    async days() {
      const days: string[] = []
      for await (const name of bucket.folders()) if (isDay(name)) days.push(name)
      return days
    },
    async removeDay(day) {
      for await (const keys of inParts(bucket.keys(`${day}/`))) await bucket.remove(keys)
    },
    async *compressDay(day) {
      for await (const keys of inParts(bucket.keys(`${day}/`))) {
        await compress(keys.filter(key => key.endsWith('.log')))
        yield
      }
    },
    async rename(day, from, to) {
      const [before, now] = [`${day}/${from}`, `${day}/${to}`]
      const logs = ['.log', `.log${GZ}`]
      const written = await Promise.all(logs.map(suffix => bucket.get(now + suffix)))
      if (written.every(found => found === undefined))
        for (const suffix of logs) await copy(before + suffix, now + suffix)
      const keys = await Array.fromAsync(bucket.keys(`${before}/`))
      for (const key of keys) await copy(key, now + key.slice(before.length))
      await bucket.remove([...keys, ...logs.map(suffix => before + suffix)])
    },
  }

  async function copy(from: string, to: string): Promise<void> {
    const found = await bucket.get(from)
    if (found !== undefined) await bucket.put(to, found.content, { etag: null })
  }
}

async function* inParts(keys: AsyncIterable<string>): AsyncGenerator<string[]> {
  let part: string[] = []
  for await (const key of keys) {
    part.push(key)
    if (part.length < FILES_AT_ONCE) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}
