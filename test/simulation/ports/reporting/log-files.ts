import { safeName } from '../../../../services/reporting/src/logs/file-names.ts'
import type { DayFiles, LogFiles } from '../../../../services/reporting/src/logs/log-files.ts'
import type { LogReader } from '../../../../services/reporting/src/logs/read-logs.ts'
import type { Reach } from '../database.ts'

/** The contents of files by path below the folder of the log files: `<day>/<user>.log`, `<day>/<user>/<task file>`. */
export type Disk = Map<string, string>

type File = [path: string, text: string]

/** What a day changes. */
interface Change {
  /** A folder that is new, which is moved as a whole. */
  folder: { path: string; files: File[] } | undefined
  moves: File[]
  removals: string[]
}

/**
 * `openLogFiles` in memory. Each file is moved to its place, or removed, on its own: a crash leaves whole files, of which some
 * are old and some new.
 */
export function memoryLogFiles(disk: Disk, reach: Reach): LogFiles & LogReader {
  async function read(day: string, userId: string): Promise<Buffer | undefined> {
    const text = await reach('files.read', () => disk.get(`${pathOf(day, userId)}.log`))
    return text === undefined ? undefined : Buffer.from(text)
  }

  /** Finds out which files change. The real files are written as drafts here, so a full disk fails here. */
  async function draft({ day, userId, log, tasks, whole = false }: DayFiles): Promise<Change> {
    const path = pathOf(day, userId)
    const present = await reach('files.draft', () => tasksIn(disk, path))
    const missing = [...(tasks ?? [])].filter(([name]) => whole || !present.has(name))
    const files = missing.map(([name, text]): File => [`${path}/${name}`, text])
    const isNew = present.size === 0 && files.length > 0
    const userLog = log === null ? [] : [[`${path}.log`, log] satisfies File]
    const stale = tasks === undefined ? [] : [...present.keys()].filter(name => !tasks.has(name))
    const removals = stale.map(name => `${path}/${name}`)
    return {
      folder: isNew ? { path, files } : undefined,
      moves: isNew ? userLog : [...files, ...userLog],
      removals: log === null ? [...removals, `${path}.log`] : removals,
    }
  }

  async function apply({ folder, moves, removals }: Change): Promise<undefined> {
    if (folder !== undefined)
      await reach('files.move', () => {
        if (tasksIn(disk, folder.path).size > 0)
          throw Object.assign(new Error(`${folder.path} is not empty`), { code: 'ENOTEMPTY' })
        for (const [path, text] of folder.files) disk.set(path, text)
      })
    for (const [path, text] of moves) await reach('files.move', () => disk.set(path, text))
    for (const path of removals) await reach('files.remove', () => disk.delete(path))
  }

  return {
    async write(days) {
      const changes: (Change | Error)[] = []
      for (const one of days) changes.push(await draft(one).catch(asError))
      const failures: (Error | undefined)[] = []
      for (const one of changes) failures.push(one instanceof Error ? one : await apply(one).catch(asError))
      return failures
    },
    read,
    async readAll(day, userId) {
      const found = await reach('files.read', () => tasksIn(disk, pathOf(day, userId)))
      const tasks = new Map([...found].map(([name, text]) => [name, Buffer.from(text)]))
      return { log: await read(day, userId), tasks }
    },
    names: day =>
      reach('files.names', () => {
        const inDay = [...disk.keys()].filter(path => path.startsWith(`${day}/`))
        return [...new Set(inDay.map(path => path.split('/')[1] as string))]
      }),
  }
}

const asError = (error: Error) => error

const pathOf = (day: string, userId: string) => `${day}/${safeName(userId)}`

function tasksIn(disk: Disk, path: string): Map<string, string> {
  const below = [...disk].filter(([file]) => file.startsWith(`${path}/`))
  return new Map(below.map(([file, text]) => [file.slice(path.length + 1), text]))
}
