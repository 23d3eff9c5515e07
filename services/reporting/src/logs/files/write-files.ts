import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deadline } from './deadline.ts'
import { openFlush } from './flush.ts'
import { GZ, gzip } from './gzip.ts'

/** The files of a user's day, and where they belong. */
export interface UserFiles {
  /** The path of the folder of the task files. With `.log` it is the path of the user log. */
  path: string
  /** The text of the user log, or null when the day has no completions. */
  log: string | null
  /** The texts of the task files by file name. Undefined when TASK_FILES is false: then task files stay unchanged. */
  tasks: Map<string, string> | undefined
  /** Whether the files are compressed, with `.gz` after their names. The others are removed then. */
  compressed?: boolean
  /** Whether task files that are present are written again too, because they may be damaged. */
  whole?: boolean | undefined
}

/** Files to be written, with the folder for their drafts. */
export interface FileBatch {
  drafts: string
  users: UserFiles[]
  /** How long making the drafts may take, in milliseconds, and then again moving them. The flushes, which all files share, do not count. */
  timeLimit: number
}

/** Why the files of a user are not written. An Error would lose its code on the way between threads. */
export interface FileFailure {
  message: string
  code: string | undefined
}

/** What turns the drafts of a user into files. */
interface Change {
  /** From the path of a draft to that of a file or a folder. */
  moves: [from: string, to: string][]
  /** Paths to be removed after the moves; the compressed form of a file after the plain one, see `folderDays`. */
  removals: string[]
}

/**
 * Writes the files of many users, each file whole or not at all. All drafts are flushed before the first is moved to its place,
 * and all moves are flushed before this returns. It blocks the thread, but not while it flushes: synchronous calls take half the
 * CPU time of others. When the time is over, the users whose turn comes later fail too.
 * @returns the failures by the place of their user. The other users' files are written and durable
 * @throws when nothing can be flushed
 */
export async function writeFiles({
  drafts,
  users,
  timeLimit,
}: FileBatch): Promise<(FileFailure | undefined)[]> {
  // Its parents too, because somebody may delete them while the service runs.
  mkdirSync(drafts, { recursive: true })
  const flush = openFlush(drafts)
  try {
    const written = { paths: [drafts], check: deadline(timeLimit) }
    // Lets go of the texts, which take megabytes.
    const changes = users
      .splice(0)
      .map((user, i) => attempt(() => draft(user, join(drafts, String(i)), written)))
    await flush.all(written.paths)
    const changed = { paths: new Set<string>(), check: deadline(timeLimit) }
    const done = changes.map(({ value, failure }) =>
      value === undefined ? failure : attempt(() => apply(value, changed)).failure,
    )
    await flush.all(changed.paths)
    return done
  } finally {
    flush.close()
    rmSync(drafts, { recursive: true, force: true })
  }
}

/** The paths that a pass has written or changed, and what throws once the time of the pass is over. */
interface Pass<Paths> {
  paths: Paths
  check: () => void
}

/** Writes the drafts of a user. Adds the files and folders that it makes to `written`. */
function draft(
  { path, log, tasks, compressed, whole = false }: UserFiles,
  to: string,
  written: Pass<string[]>,
): Change {
  const suffix = compressed ? GZ : ''
  const named = tasks && new Map([...tasks].map(([name, text]) => [name + suffix, text]))
  const { moves, removals } =
    named === undefined ? { moves: [], removals: [] } : draftTasks(path, { tasks: named, whole }, to, written)
  const plain = `${path}.log`
  if (log === null) return { moves, removals: [...removals, plain, plain + GZ] }
  const name = `${to}.log${suffix}`
  put(name, log, written)
  return { moves: [...moves, [name, plain + suffix]], removals: compressed ? [...removals, plain] : removals }
}

function put(path: string, text: string, { paths, check }: Pass<string[]>): void {
  check()
  writeFileSync(path, path.endsWith(GZ) ? gzip(text) : text, { flag: 'wx' })
  paths.push(path)
}

function draftTasks(
  path: string,
  { tasks, whole }: { tasks: Map<string, string>; whole: boolean },
  to: string,
  written: Pass<string[]>,
): Change {
  if (tasks.size === 0) return { moves: [], removals: [path] }
  const present = existsSync(path) ? new Set(readdirSync(path)) : undefined
  // A task file's name contains the id and the time of the completion, so a file that is present is complete and current,
  // unless somebody else has changed it.
  const missing = [...tasks].filter(([name]) => whole || !present?.has(name))
  if (missing.length > 0) {
    mkdirSync(to)
    written.paths.push(to)
  }
  for (const [name, text] of missing) put(join(to, name), text, written)
  // One move of a new folder takes a twentieth of the time of twenty moves.
  if (present === undefined) return { moves: [[to, path]], removals: [] }
  // In both forms, because the file may just be compressed.
  const stale = [...present].filter(name => !tasks.has(name)).flatMap(name => [name, name + GZ])
  return {
    moves: missing.map(([name]) => [join(to, name), join(path, name)]),
    removals: stale.filter(name => !tasks.has(name)).map(name => join(path, name)),
  }
}

/** Moves drafts to their places. Adds the directories that this changes to `changed`. */
function apply({ moves, removals }: Change, { paths: changed, check }: Pass<Set<string>>): void {
  for (const [from, to] of moves) {
    check()
    makeDirectory(dirname(to), changed)
    renameSync(from, to)
  }
  for (const path of removals) {
    check()
    rmSync(path, { recursive: true, force: true })
    if (existsSync(dirname(path))) changed.add(dirname(path))
  }
}

function makeDirectory(path: string, changed: Set<string>): void {
  if (changed.has(path)) return
  const first = mkdirSync(path, { recursive: true })
  if (first !== undefined) changed.add(dirname(first))
  changed.add(path)
}

/** Does something that may fail for one user and not for the others. */
function attempt<T>(work: () => T): { value?: T; failure?: FileFailure } {
  try {
    return { value: work() }
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException
    return { failure: { message, code } }
  }
}
