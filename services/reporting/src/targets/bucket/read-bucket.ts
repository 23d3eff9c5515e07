import { logPath } from '../../logs/file-names.ts'
import { contentOf, GZ, plainName } from '../../logs/files/gzip.ts'
import type { LogReader } from '../../logs/read-logs.ts'
import type { Bucket } from './bucket.ts'

/** Reads the log files of a bucket. */
export function bucketReader(bucket: Bucket): LogReader {
  async function content(key: string): Promise<Buffer | undefined> {
    const found = await bucket.get(key)
    return found && contentOf(key, found.content)
  }
  // A file is compressed before the plain one is removed, so in this order one of them is found.
  const read = async (day: string, userId: string) => {
    const key = `${logPath(day, userId)}.log`
    return (await content(key)) ?? (await content(key + GZ))
  }
  return {
    read,
    async readAll(day, userId) {
      const folder = `${logPath(day, userId)}/`
      const tasks = new Map<string, Buffer>()
      for await (const key of bucket.keys(folder)) {
        const found = await content(key)
        if (found !== undefined) tasks.set(plainName(key.slice(folder.length)), found)
      }
      return { log: await read(day, userId), tasks }
    },
    async names(day) {
      const names = new Set<string>()
      for await (const key of bucket.keys(`${day}/`)) names.add(plainName(key.split('/')[1] ?? ''))
      return [...names]
    },
  }
}
