import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

/** Writes files whole or not at all. */
export interface WholeFiles {
  /** Durable when it resolves and the file's directory is then synced. */
  put: (path: string, text: string) => Promise<void>
}

const HOUR = 3_600_000

/**
 * Opens the folder of the temporary files, which must be on one file system with the files to be written, and takes away
 * what killed processes left there. Several processes may share it.
 */
export async function openWholeFiles(temporary: string): Promise<WholeFiles> {
  await makeDirectory(temporary)
  await sweep(temporary)
  return {
    async put(path, text) {
      // Again each time: whoever clears the folder of a running service loses files, not days.
      await makeDirectory(temporary)
      // Host and process tell the sweep whose it was; in containers both may be the same, so they are not enough.
      const draft = join(temporary, `${hostname()}.${process.pid}.${randomUUID()}`)
      try {
        await writeDurably(draft, text)
        await rename(draft, path)
      } catch (error) {
        // It is tried again under another name: on a full disk drafts would pile up.
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(text)
    // The bytes must be on the disk before the name is: a crash may not leave an empty file under it.
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a directory, and those above it, durably. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first !== undefined) await syncDirectory(dirname(first))
}

/** A rename or a removal is durable when the directory is. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Takes away what a killed process left: one of this host that is gone, or of anywhere an hour ago. */
async function sweep(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name)
    const ours = name.startsWith(`${hostname()}.`) ? name.slice(hostname().length + 1) : undefined
    if (ours === undefined ? (await ageOf(path)) > HOUR : !isAlive(Number.parseInt(ours, 10))) {
      await rm(path, { force: true })
    }
  }
}

/** Whether another process of this host has that id: a draft of our own id is left from a process before us. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Milliseconds since a file was written; 0 for one that another process has just renamed. */
async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
