import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file in a commit. */
export interface Committed {
  /** The path from the root of the repository. */
  path: string
  text: string
  /** The first commit with this content, shortened. */
  commit: string
}

/**
 * Reads every state of the files of a folder, in all commits up to HEAD that the clone has. Says so when it has not all.
 * @param root the root of the repository
 * @throws Error when there is no repository
 */
export async function committedStates(root: string, folder: string): Promise<Committed[]> {
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: root, maxBuffer: 2 ** 28 })).stdout.trim()
  if ((await git('rev-parse', '--is-shallow-repository')) !== 'false')
    console.warn(
      'The clone is shallow: schemas are compared only with its commits. git fetch --unshallow brings all',
    )
  const log = await git(
    'log',
    '--reverse',
    '--format=commit %h',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '--',
    folder,
  )
  const states: Committed[] = []
  let commit = ''
  for (const line of log.split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice('commit '.length)
    const [, content, change, path] = /^:\d+ \d+ \w+ (\w+) ([AM])\t(.*)$/.exec(line) ?? []
    if (content && change && path) states.push({ path, commit, text: await git('cat-file', 'blob', content) })
  }
  return states
}
