import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_USERS = 12
const MAX_FILES = 4

/**
 * Lists the log files of a day as a tree, one line each. Cuts long lists and adds the number of files left out.
 * @returns undefined when the day's folder is not on this machine
 */
export async function logTree(logDir: string, day: string): Promise<string[] | undefined> {
  const dir = join(logDir, day)
  const entries = await readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (entries === undefined) return undefined
  const logs = entries.filter(entry => entry.isFile()).map(entry => entry.name)
  const folders = new Set(entries.filter(entry => entry.isDirectory()).map(entry => entry.name))
  const lines = [dir]
  for (const log of logs.sort().slice(0, MAX_USERS)) {
    const user = log.replace(/\.log$/, '')
    lines.push(`  ${log}`)
    if (folders.has(user)) lines.push(...(await taskFiles(join(dir, user), user)))
  }
  return [...lines, ...more(logs.length - MAX_USERS, '  ', 'logs')]
}

async function taskFiles(dir: string, user: string): Promise<string[]> {
  const files = (await readdir(dir)).sort()
  const shown = files.slice(0, MAX_FILES).map(file => `    ${file}`)
  return [`  ${user}/`, ...shown, ...more(files.length - MAX_FILES, '    ', 'files')]
}

const more = (count: number, indent: string, what: string) =>
  count > 0 ? [`${indent}… and ${count.toLocaleString('en')} more ${what}`] : []
