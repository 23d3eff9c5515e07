import { constants } from 'node:fs'
import { type FileHandle, link, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { draftName } from '../logs/files/drafts.ts'
import { openFlush } from '../logs/files/flush.ts'
import { unless } from '../logs/files/unless.ts'
import type { DayInZone } from '../run-id.ts'
import { endedLines, inBlocks } from './blocks.ts'

/** Where the manifests are: one for each day and time zone. What the lines mean is in manifest-lines.ts. */
export interface Manifests {
  /** The lines of a manifest, without their ends; undefined when there is none. A last line without an end is left out. */
  read: (of: DayInZone) => Promise<AsyncIterable<string> | undefined>
  /**
   * Makes a manifest, unless there is one: whole or not at all. It is durable when the promise resolves.
   * @returns whether this call made it
   */
  create: (of: DayInZone, lines: AsyncIterable<string>) => Promise<boolean>
  /** Removes a manifest if there is one. */
  remove: (of: DayInZone) => Promise<void>
  /**
   * Appends lines to a manifest. They are durable when the promise resolves. When it rejects, some of them may be there, and the
   * last one may be incomplete: the same lines are to be appended again. Several processes may append at the same time.
   * @returns false when there is no manifest
   */
  append: (of: DayInZone, lines: string[]) => Promise<boolean>
}

/**
 * The path of a manifest below the folder of the log files: `.manifests/<day>/<zone>.ndjson`, with `_` in place of each `/` of the
 * zone's name. No two names in the IANA database become equal.
 */
export const manifestPath = ({ day, timeZone }: DayInZone): string =>
  join('.manifests', day, `${timeZone.replaceAll('/', '_')}.ndjson`)

/** @param root the folder of the log files; several processes may share it */
export function manifestFiles(root: string): Manifests {
  const pathOf = (of: DayInZone) => join(root, manifestPath(of))
  return {
    async read(of) {
      const file = await unless(['ENOENT'], open(pathOf(of)))
      return file && endedLines(file.createReadStream({ encoding: 'utf8' }))
    },
    create: (of, lines) => create(root, pathOf(of), lines),
    remove: of => rm(pathOf(of), { force: true }),
    async append(of, lines) {
      const file = await unless(['ENOENT'], open(pathOf(of), constants.O_RDWR | constants.O_APPEND))
      if (file === undefined) return false
      try {
        await append(file, lines)
        return true
      } finally {
        await file.close()
      }
    },
  }
}

async function create(root: string, path: string, lines: AsyncIterable<string>): Promise<boolean> {
  const folder = dirname(path)
  const draft = join(root, '.tmp', draftName())
  for (const needed of [folder, dirname(draft)]) await mkdir(needed, { recursive: true })
  const flush = openFlush(folder)
  try {
    await writeFile(draft, inBlocks(lines), { flag: 'wx' })
    await flush.all([draft])
    // A link does not replace a file, as a move does.
    const made = await unless(
      ['EEXIST'],
      link(draft, path).then(() => true),
    )
    await flush.all([folder, dirname(folder), root])
    return made ?? false
  } finally {
    flush.close()
    await rm(draft, { force: true })
  }
}

/** Appends lines, and before them the end of a line that was interrupted. */
async function append(file: FileHandle, lines: string[]): Promise<void> {
  const { size } = await file.stat()
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) })
  if (size > 0 && String(buffer) !== '\n') await file.appendFile('\n')
  for await (const block of inBlocks(lines)) await file.appendFile(block)
  await file.datasync()
}
