import { existsSync, rmSync, statSync } from 'node:fs'
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
 * @param open for tests
 */
export function folderDays(root: string, drafts: string, open = openFlush): LogDays {
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
        await compress(part, join(drafts, draftName()), open)
        yield
        part = []
      }
      await compress(part, join(drafts, draftName()), open)
    },
    async rename(day, from, to) {
      const [before, now] = [join(root, day, from), join(root, day, to)]
      const isWritten = ['.log', `.log${GZ}`].some(suffix => existsSync(now + suffix))
      for (const suffix of ['.log', `.log${GZ}`]) {
        if (!isWritten) await unless(['ENOENT'], rename(before + suffix, now + suffix))
        await rm(before + suffix, { force: true })
      }
      // The former name of a folder can be that of a compressed file of another user.
      if (!statSync(before, { throwIfNoEntry: false })?.isDirectory()) return
      await unless(['ENOTEMPTY', 'EEXIST'], rename(before, now))
      await rm(before, { recursive: true, force: true })
    },
  }
}

/** The paths of the files of a day that are not compressed. */
async function* plainFiles(folder: string): AsyncGenerator<string> {
  const opened = await unless(['ENOENT'], opendir(folder))
  if (opened === undefined) return
  for await (const entry of opened) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* plainFiles(path)
    else if (entry.isFile() && entry.name.endsWith('.log')) yield path
  }
}

interface Draft {
  draft: string
  /** The path of the plain file. */
  path: string
}

async function compress(paths: string[], drafts: string, open: typeof openFlush): Promise<void> {
  if (paths.length === 0) return
  await mkdir(drafts, { recursive: true })
  const flush = open(drafts)
  try {
    const made: Draft[] = []
    await concurrently([...paths.entries()], CONCURRENT, async ([i, path]) => {
      const content = await unless(['ENOENT'], readFile(path))
      if (content === undefined) return
      const draft = join(drafts, String(i))
      await writeFile(draft, await gzipAside(content))
      made.push({ draft, path })
    })
    await flush.all([drafts, ...made.map(({ draft }) => draft)])
    const linked = new Set<string>()
    for (const one of made) if (await place(one)) linked.add(dirname(one.path))
    await flush.all(linked)
    // Not beside a folder of this name, which an earlier version made for another user.
    for (const { path } of made)
      if (statSync(path + GZ, { throwIfNoEntry: false })?.isFile()) await rm(path, { force: true })
  } finally {
    flush.close()
    await rm(drafts, { recursive: true, force: true })
  }
}

/** Puts a draft beside its plain file. @returns false when it is not there: a writer has made another one, or removed the file */
async function place({ draft, path }: Draft): Promise<boolean> {
  const made = path + GZ
  // A link does not replace the file of a writer. ENOENT: the folder is removed.
  const isMade = await unless(
    ['EEXIST', 'ENOENT'],
    link(draft, made).then(() => true),
  )
  if (isMade !== true) return false
  // A writer removes a file that is not wanted any more in both forms, the plain one first. If that one is still here, the writer
  // finds the other one too.
  if (existsSync(path)) return true
  // At once, because a later writer may put its own file in this place.
  if (statSync(made, { throwIfNoEntry: false })?.ino === statSync(draft).ino) rmSync(made, { force: true })
  return false
}
