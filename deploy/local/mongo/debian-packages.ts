import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createFolderOnce } from '../processes/create-folder-once.ts'
import { lastLines } from '../processes/last-lines.ts'
import { type RunOptions, run } from '../processes/run.ts'
import { writeRenamedSources } from './apt-sources.ts'

/** Debian packages to unpack into a folder. */
export type Packages = {
  names: string[]
  /** The Debian release that they are from, by its code name. */
  release: string
  /** The folder to unpack into: it then contains `usr` and other folders of a file system's root. */
  root: string
}

/** The packages could not be downloaded. The message names the command that failed and the end of its output. */
export class PackagesError extends Error {
  override name = 'PackagesError'
}

/** Returns the code name of this system's Debian release, or undefined when the system is not Debian. */
export async function debianRelease(): Promise<string | undefined> {
  const os = await readFile('/etc/os-release', 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  return /^ID=debian$/m.test(os) ? /^VERSION_CODENAME=(\w+)$/m.exec(os)?.[1] : undefined
}

/**
 * Downloads packages from this Debian's own package sources and unpacks them, unless their folder exists. It changes
 * neither the installed packages nor apt's state, and needs no root permissions.
 * @param system the code name of this system's release
 * @throws PackagesError when the sources cannot be reached or do not have the packages
 */
export async function unpackDebian(system: string, packages: Packages, options: RunOptions): Promise<void> {
  const { names, release, root } = packages
  if (existsSync(root)) return
  await mkdir(dirname(root), { recursive: true })
  const work = await mkdtemp(join(dirname(root), 'download-'))
  try {
    const folders = ['lists/partial', 'archives/partial', 'sources', 'packages']
    for (const folder of folders) await mkdir(join(work, folder), { recursive: true })
    await writeRenamedSources(join(work, 'sources'), system, release)
    await download(work, names, options)
    await createFolderOnce(root, folder => unpack(work, folder, options))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function download(work: string, names: string[], options: RunOptions): Promise<void> {
  const settings = [
    `Dir::State=${work}`,
    `Dir::State::status=/dev/null`,
    `Dir::Cache=${work}`,
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${join(work, 'sources')}`,
    // When root runs apt, it downloads as another user by default, who cannot write here.
    'APT::Sandbox::User=root',
  ].flatMap(setting => ['-o', setting])
  const failure = `could not download ${names.join(', ')}`
  const inPackages = { ...options, cwd: join(work, 'packages') }
  await step('apt-get', [...settings, '-q', 'update'], failure, inPackages)
  await step('apt-get', [...settings, '-q', 'download', ...names], failure, inPackages)
}

async function unpack(work: string, root: string, options: RunOptions): Promise<void> {
  const packages = join(work, 'packages')
  for (const file of await readdir(packages))
    await step('dpkg-deb', ['-x', join(packages, file), root], `could not unpack ${file}`, options)
}

async function step(command: string, args: string[], failure: string, options: RunOptions): Promise<void> {
  const { exitCode, output } = await run(command, args, options)
  if (exitCode !== 0) throw new PackagesError(`${command} ${failure}\n${lastLines(output)}`)
}
