import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { safeName } from './safe-name.ts'

/** A user's day as files: what is not in it is taken away. */
export interface DayFiles {
  /** The user log, or null when nothing is left of the day. */
  log: string | null
  /** One file for each task, by name; undefined when there are to be none. */
  tasks: Map<string, string> | undefined
}

/** The log files: nothing else touches the file system. */
export interface LogFiles {
  /** Writes a user's day, each file whole or not at all; durable when it resolves. */
  write: (day: string, userId: string, files: DayFiles) => Promise<void>
  /** Takes away what a killed process may have written of a day of which nothing is left. */
  remove: (day: string, userId: string) => Promise<void>
  /** A user's log, or undefined when there is none. */
  read: (day: string, userId: string) => Promise<Buffer | undefined>
}

// Temporary files are kept apart, so that sweeping them at the start costs one listing and not a walk over all days.
const TEMPORARY = '.tmp'
const HOUR = 3_600_000

/**
 * Opens the folder of the log files: `<root>/<day>/<user>.log` and `<root>/<day>/<user>/<task file>`.
 * @param root the folder, which is made if need be; several processes may share it
 */
export async function openLogFiles(root: string): Promise<LogFiles> {
  const temporary = join(root, TEMPORARY)
  await makeDirectory(temporary)
  await sweep(temporary)
  let written = 0

  async function put(path: string, text: string): Promise<void> {
    written += 1
    const draft = join(temporary, `${hostname()}.${process.pid}.${written}`)
    try {
      await writeDurably(draft, text)
      await rename(draft, path)
    } catch (error) {
      // It is tried again under another name: on a full disk drafts would pile up.
      await rm(draft, { force: true })
      throw error
    }
  }

  async function putTasks(dir: string, tasks: Map<string, string>): Promise<void> {
    await makeDirectory(dir)
    await Promise.all([...tasks].map(([name, text]) => put(join(dir, name), text)))
    const stale = (await readdir(dir)).filter(name => !tasks.has(name))
    await Promise.all(stale.map(name => rm(join(dir, name), { force: true })))
    await syncDirectory(dir)
  }

  const pathOf = (day: string, userId: string) => join(root, day, safeName(userId))
  return {
    async write(day, userId, { log, tasks }) {
      const path = pathOf(day, userId)
      // Again and again: whoever clears the folder of a running service loses files, not days.
      await makeDirectory(temporary)
      await makeDirectory(dirname(path))
      if (tasks?.size === 0) await rm(path, { recursive: true, force: true })
      else if (tasks !== undefined) await putTasks(path, tasks)
      if (log === null) await rm(`${path}.log`, { force: true })
      else await put(`${path}.log`, log)
      await syncDirectory(dirname(path))
    },
    async remove(day, userId) {
      const path = pathOf(day, userId)
      await rm(path, { recursive: true, force: true })
      await rm(`${path}.log`, { force: true })
    },
    async read(day, userId) {
      try {
        const file = await open(`${pathOf(day, userId)}.log`)
        try {
          return await file.readFile()
        } finally {
          await file.close()
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
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

async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first !== undefined) await syncDirectory(dirname(first))
}

/** A rename is durable when the directory is. */
async function syncDirectory(path: string): Promise<void> {
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
    const [, pid] = name.startsWith(`${hostname()}.`) ? name.slice(hostname().length).split('.') : []
    const abandoned = pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))
    if (abandoned || (await ageOf(path)) > HOUR) await rm(path, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Milliseconds since a file was written; 0 for one that another process has just renamed. */
async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return found === undefined ? 0 : Date.now() - found.mtimeMs
}
