import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'

/** Writes files atomically: whole or not at all. */
export interface AtomicFiles {
  /** Writes a file. It is durable once the caller has synced the file's directory afterwards. */
  put: (path: string, text: string) => Promise<void>
}

const HOUR = 3_600_000

/**
 * Opens the folder of the temporary files, and removes those that killed processes left there. Several processes may share
 * the folder. It must be on the same file system as the files to be written, because they are renamed.
 */
export async function openAtomicFiles(temporary: string): Promise<AtomicFiles> {
  await makeDirectory(temporary)
  await sweep(temporary)
  return {
    async put(path, text) {
      // At each write, because somebody may delete the folder while the service runs.
      await makeDirectory(temporary)
      // `sweep` reads the host and the process id from the name. The UUID is needed, because containers may share both.
      const draft = join(temporary, `${hostname()}.${process.pid}.${randomUUID()}`)
      try {
        await writeDurably(draft, text)
        await rename(draft, path)
      } catch (error) {
        // The next attempt uses another name. Without this removal, drafts would accumulate on a full disk.
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
    // The bytes must be on the disk before the rename, or a crash could leave an empty file under the final name.
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a directory and its parents durably. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first !== undefined) await syncDirectory(dirname(first))
}

/** Makes the renames and removals in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** Removes drafts of processes of this host that have ended, and drafts of other hosts that are older than an hour. */
async function sweep(temporary: string): Promise<void> {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name)
    const afterHost = name.startsWith(`${hostname()}.`) ? name.slice(hostname().length + 1) : undefined
    if (afterHost === undefined ? (await ageOf(path)) > HOUR : !isAlive(Number.parseInt(afterHost, 10))) {
      await rm(path, { force: true })
    }
  }
}

/** Whether another process of this host has the id. A draft with this process's id is from an earlier process. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** The age of a file in milliseconds; 0 for a file that another process has just renamed. */
async function ageOf(path: string): Promise<number> {
  try {
    return Date.now() - (await stat(path)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
