import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { lastLines } from '../processes/last-lines.ts'
import { type RunOptions, run } from '../processes/run.ts'
import { writeRenamedSources } from './apt-sources.ts'

/** Packages of Debian that are to be had, unpacked, in a folder. */
export type Packages = {
  names: string[]
  /** The release that they are of, by its name. */
  release: string
  /** The folder that becomes their root: `usr` and the like are in it. */
  root: string
}

/** That packages could not be got: which command did not, and what it said last. */
export class PackagesError extends Error {
  override name = 'PackagesError'
}

/** The name of this system's Debian release, or undefined where it is no Debian. */
export async function debianRelease(): Promise<string | undefined> {
  const os = await readFile('/etc/os-release', 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  return /^ID=debian$/m.test(os) ? /^VERSION_CODENAME=(\w+)$/m.exec(os)?.[1] : undefined
}

/**
 * Gets packages, unless they are there, from the package sources that this Debian has. The system's own packages and
 * apt's state are not touched, and no root is needed.
 * @param system this system's release
 * @throws PackagesError when the sources can't be reached, or don't have them
 */
export async function unpackDebian(system: string, packages: Packages, options: RunOptions): Promise<void> {
  const { release, root } = packages
  if (existsSync(root)) return
  // Two may do this at once: each into a folder of its own, and the first to finish gives its to both.
  const work = join(dirname(root), `unfinished-${randomUUID()}`)
  const folders = ['lists/partial', 'archives/partial', 'sources', 'packages', 'root']
  for (const folder of folders) await mkdir(join(work, folder), { recursive: true })
  try {
    await writeRenamedSources(join(work, 'sources'), system, release)
    await downloadInto(work, packages.names, options)
    await rename(join(work, 'root'), root).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function downloadInto(work: string, names: string[], { env, signal }: RunOptions): Promise<void> {
  const cwd = join(work, 'packages')
  const step = async (command: string, args: string[]) => {
    const { exitCode, output } = await run(command, args, { env, cwd, signal })
    if (exitCode !== 0)
      throw new PackagesError(`${command} could not get ${names.join(', ')}\n${lastLines(output)}`)
  }
  const settings = [
    `Dir::State=${work}`,
    `Dir::State::status=/dev/null`,
    `Dir::Cache=${work}`,
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${join(work, 'sources')}`,
    // As root, apt would fetch as a user who can't write here.
    'APT::Sandbox::User=root',
  ].flatMap(setting => ['-o', setting])
  await step('apt-get', [...settings, '-q', 'update'])
  await step('apt-get', [...settings, '-q', 'download', ...names])
  for (const file of await readdir(cwd)) await step('dpkg-deb', ['-x', file, join(work, 'root')])
}
