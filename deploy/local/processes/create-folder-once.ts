import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Creates a folder with content, completely or not at all. The content is made in a temporary folder beside it, which is
 * then renamed. When several processes do this at the same time, the folder of the first to finish is kept.
 */
export async function createFolderOnce(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const unfinished = join(dirname(path), `unfinished-${randomUUID()}`)
  await mkdir(unfinished, { recursive: true })
  try {
    await fill(unfinished)
    await rename(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
