import { link, mkdir, opendir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { concurrently } from '../../concurrently.ts'
import { draftName } from './drafts.ts'
import { openFlush } from './flush.ts'
import { GZ, gzipAside } from './gzip.ts'
import { FILES_AT_ONCE, isDay, type LogDays } from './log-days.ts'
import { unless } from './unless.ts'

/** Files that are compressed at the same time. Few, because it is not urgent. */
const CONCURRENT = 4

/**
 * Old days in a folder.
 * @param root the folder of the log files
 * @param drafts the folder for drafts, on the same file system
 */
export function folderDays(root: string, drafts: string): LogDays {
  return {
    days: async () => (await readdir(root)).filter(isDay).sort(),
    async removeDay(day) {
      // As a whole, so that a killed process leaves a draft and not a part of a day.
      const removed = join(drafts, draftName())
      await mkdir(drafts, { recursive: true })
      await unless(['ENOENT'], rename(join(root, day), removed))
      await rm(removed, { recursive: true, force: true })
    },
    async *compressDay(day) {
      let part: string[] = []
      for await (const path of plainFiles(join(root, day))) {
        part.push(path)
        if (part.length < FILES_AT_ONCE) continue
        await compress(part, join(drafts, draftName()))
        yield
        part = []
      }
      await compress(part, join(drafts, draftName()))
    },
  }
}

/** The paths of the files of a day that are not compressed. */
async function* plainFiles(folder: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* plainFiles(path)
    else if (entry.isFile() && entry.name.endsWith('.log')) yield path
  }
}

async function compress(paths: string[], drafts: string): Promise<void> {
  if (paths.length === 0) return
  await mkdir(drafts, { recursive: true })
  const flush = openFlush(drafts)
  try {
    const made: { draft: string; path: string }[] = []
    await concurrently([...paths.entries()], CONCURRENT, async ([i, path]) => {
      const content = await unless(['ENOENT'], readFile(path))
      if (content === undefined) return
      const draft = join(drafts, String(i))
      await writeFile(draft, await gzipAside(content))
      made.push({ draft, path })
    })
    await flush.all([drafts, ...made.map(({ draft }) => draft)])
    // A link does not replace the file of a writer.
    for (const { draft, path } of made) await unless(['EEXIST'], link(draft, path + GZ))
    await flush.all(new Set(made.map(({ path }) => dirname(path))))
    for (const { path } of made) await rm(path, { force: true })
  } finally {
    flush.close()
    await rm(drafts, { recursive: true, force: true })
  }
}
