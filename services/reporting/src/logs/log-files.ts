import { readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { concurrently } from '../concurrently.ts'
import { makeDirectory, openAtomicFiles, syncDirectory } from './atomic-files.ts'
import { safeName } from './file-names.ts'

/** The files of a user's day. Files that are not listed here are removed. */
export interface DayFiles {
  /** The text of the user log, or null when the day has no completions. */
  log: string | null
  /** The texts of the task files by file name. Undefined when TASK_FILES is false: then task files stay unchanged. */
  tasks: Map<string, string> | undefined
}

/** How many task files of a user are written concurrently. The number of files that a process may open is limited. */
const MAX_CONCURRENT = 16

/**
 * The error codes of a path without a log: the path is missing, leads through a file, or is a directory or a link to itself.
 */
const noFile = new Set<string | undefined>(['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP'])

/** The log files: `<root>/<day>/<user>.log` and `<root>/<day>/<user>/<task file>`. */
export interface LogFiles {
  /**
   * Writes a user's day, each file whole or not at all. The files are durable when the promise resolves.
   * @param heartbeat is called before each task file: a user may have completed thousands of tasks
   */
  write: (day: string, userId: string, files: DayFiles, heartbeat?: () => Promise<void>) => Promise<void>
  /** Removes the files of a day without completions, which a killed process may have left. */
  remove: (day: string, userId: string) => Promise<void>
  /** A user's log, or undefined when there is none. */
  read: (day: string, userId: string) => Promise<Buffer | undefined>
}

/**
 * Opens the folder of the log files. Only this module and atomic-files.ts use the file system.
 * @param root the folder, which is made if it is missing; several processes may share it
 */
export async function openLogFiles(root: string): Promise<LogFiles> {
  // All temporary files are in one folder, outside the folders of the days, so that one listing finds them.
  const files = await openAtomicFiles(join(root, '.tmp'))
  const pathOf = (day: string, userId: string) => join(root, day, safeName(userId))

  async function writeTasks(dir: string, tasks: Map<string, string>, heartbeat: () => Promise<void>) {
    await makeDirectory(dir)
    const present = new Set(await readdir(dir))
    // A task file's name contains the id and the time of the completion, so a file that is present is complete and current.
    const missing = [...tasks].filter(([name]) => !present.has(name))
    await concurrently(missing, MAX_CONCURRENT, async ([name, text]) => {
      await heartbeat()
      await files.put(join(dir, name), text)
    })
    const stale = [...present].filter(name => !tasks.has(name))
    await concurrently(stale, MAX_CONCURRENT, async name => {
      await heartbeat()
      await rm(join(dir, name), { force: true })
    })
    await syncDirectory(dir)
  }

  return {
    async write(day, userId, { log, tasks }, heartbeat = async () => {}) {
      const path = pathOf(day, userId)
      await makeDirectory(dirname(path))
      if (tasks?.size === 0) await rm(path, { recursive: true, force: true })
      else if (tasks !== undefined) await writeTasks(path, tasks, heartbeat)
      if (log === null) await rm(`${path}.log`, { force: true })
      else await files.put(`${path}.log`, log)
      await syncDirectory(dirname(path))
    },
    async remove(day, userId) {
      const path = pathOf(day, userId)
      await rm(path, { recursive: true, force: true })
      await rm(`${path}.log`, { force: true })
    },
    async read(day, userId) {
      try {
        return await readFile(`${pathOf(day, userId)}.log`)
      } catch (error) {
        if (noFile.has((error as NodeJS.ErrnoException).code)) return undefined
        throw error
      }
    },
  }
}
