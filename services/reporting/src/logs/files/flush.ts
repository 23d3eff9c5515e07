import { closeSync, openSync, statfsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { release } from 'node:os'
import { getSystemErrorName } from 'node:util'
import { concurrently } from '../../concurrently.ts'

/** Makes what was written durable. Its calls do not block the thread. */
export interface Flush {
  /** Makes these files and directories durable: all that were written since the flush was opened. */
  all: (paths: Iterable<string>) => Promise<void>
  close: () => void
}

// Files that are flushed one by one. Concurrent flushes share the writes of the file system's journal.
const AT_ONCE = 16

// ext4, XFS and Btrfs (linux/magic.h). A flush of another file system may miss files or failed writes.
const flushedAtOnce = new Set([0xef53, 0x58465342, 0x9123683e])

const syncfs = loadSyncfs()

/**
 * Opens the flush of the file system that holds a folder. Call this before the first write: a flush at once reports every
 * write that failed since it was opened, even if another process was told about it.
 */
export function openFlush(folder: string): Flush {
  if (syncfs === undefined || !flushedAtOnce.has(statfsSync(folder).type))
    return { all: paths => concurrently([...paths], AT_ONCE, flushOne), close: () => undefined }
  const opened = openSync(folder, 'r')
  return {
    all: () => syncfs(opened),
    close: () => closeSync(opened),
  }
}

async function flushOne(path: string): Promise<void> {
  const opened = await open(path, 'r')
  try {
    await opened.sync()
  } finally {
    await opened.close()
  }
}

/**
 * Loads syncfs(2), which flushes a file system at once. Node does not have it.
 * @returns undefined where it is of no use: other systems do not have it, Linux before 5.8 does not report failed writes, and
 *   the optional package koffi is not there for every platform
 */
function loadSyncfs(): ((descriptor: number) => Promise<void>) | undefined {
  const [major = 0, minor = 0] = release().split('.').map(Number)
  if (process.platform !== 'linux' || major < 5 || (major === 5 && minor < 8)) return undefined
  try {
    const koffi = createRequire(import.meta.url)('koffi')
    const call = koffi.load(null).func('int syncfs(int)')
    return descriptor =>
      new Promise((resolve, reject) => {
        // On a thread of libuv. The number of the error is that of this call until the callback ends.
        call.async(descriptor, (error: Error | null, result: number) => {
          if (error === null && result === 0) resolve()
          else reject(error ?? flushError(getSystemErrorName(-koffi.errno())))
        })
      })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

const flushError = (code: string) =>
  Object.assign(new Error(`${code}: the log files could not be flushed, syncfs`), { code })
