import { closeSync, fsyncSync, openSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { release } from 'node:os'
import { getSystemErrorName } from 'node:util'

/** Makes what was written durable. Its calls block the thread. */
export interface Flush {
  /** Whether each file has to be flushed when it is written, because `all` flushes only directories. */
  eachFile: boolean
  /** Makes these directories durable, and all files that were written since the flush was opened. */
  all: (directories: Iterable<string>) => void
  close: () => void
}

// ext4, XFS and Btrfs (linux/magic.h). A flush of another file system may miss files or failed writes.
const flushedAtOnce = new Set([0xef53, 0x58465342, 0x9123683e])

const syncfs = loadSyncfs()

/**
 * Opens the flush of the file system that holds a folder. Call this before the first write: a flush at once reports every
 * write that failed since it was opened, even if another process was told about it.
 */
export function openFlush(folder: string): Flush {
  if (syncfs === undefined || !flushedAtOnce.has(statfsSync(folder).type))
    return { eachFile: true, all: syncEach, close: () => undefined }
  const opened = openSync(folder, 'r')
  return {
    eachFile: false,
    all: () => syncfs(opened),
    close: () => closeSync(opened),
  }
}

function syncEach(directories: Iterable<string>): void {
  for (const path of directories) {
    const directory = openSync(path, 'r')
    try {
      fsyncSync(directory)
    } finally {
      closeSync(directory)
    }
  }
}

/**
 * Loads syncfs(2), which flushes a file system at once. Node does not have it.
 * @returns undefined where it is of no use: other systems do not have it, Linux before 5.8 does not report failed writes, and
 *   the optional package koffi is not there for every platform
 */
function loadSyncfs(): ((descriptor: number) => void) | undefined {
  const [major = 0, minor = 0] = release().split('.').map(Number)
  if (process.platform !== 'linux' || major < 5 || (major === 5 && minor < 8)) return undefined
  try {
    const koffi = createRequire(import.meta.url)('koffi')
    const call = koffi.load(null).func('int syncfs(int)') as (descriptor: number) => number
    return descriptor => {
      if (call(descriptor) === 0) return
      const code = getSystemErrorName(-koffi.errno())
      throw Object.assign(new Error(`${code}: the log files could not be flushed, syncfs`), { code })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}
