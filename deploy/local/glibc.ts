import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeRenamedSources } from './apt-sources.ts'
import { lastLines, run } from './run.ts'
import { SetupError } from './setup-error.ts'
import type { StartOptions } from './start-options.ts'

const RELEASE = 'trixie'
const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1']
const INSTEAD = 'set MONGODB_URI to a running MongoDB'

/**
 * Gets the C and C++ libraries of a newer Debian, once, from the package sources that this Debian has. The system's
 * own packages and apt's state are not touched, and no root is needed.
 * @returns how a command line starts that runs a program with them
 * @throws SetupError where the system is no Debian, or its sources can't be reached
 */
export async function newerGlibc(options: StartOptions): Promise<string[]> {
  const cache = join(resolve(options.cache), 'glibc')
  const root = join(cache, RELEASE)
  if (!existsSync(root)) await getInto(root, cache, options)
  const [folder, loader] =
    process.arch === 'arm64'
      ? ['usr/lib/aarch64-linux-gnu', 'ld-linux-aarch64.so.1']
      : ['usr/lib/x86_64-linux-gnu', 'ld-linux-x86-64.so.2']
  return [join(root, folder, loader), '--library-path', join(root, folder)]
}

async function getInto(root: string, cache: string, options: StartOptions): Promise<void> {
  const release = await debianRelease()
  options.report(
    `MongoDB: downloading Debian ${RELEASE}'s C libraries, which its engine needs (once, about 4 MB)…`,
  )
  // Two stacks may do this at once: each into a folder of its own, and the first to finish gives its to both.
  const work = join(cache, `unfinished-${randomUUID()}`)
  const folders = ['lists/partial', 'archives/partial', 'sources', 'packages', 'root']
  for (const folder of folders) await mkdir(join(work, folder), { recursive: true })
  try {
    await writeRenamedSources(join(work, 'sources'), release, RELEASE)
    await downloadInto(work, options)
    await rename(join(work, 'root'), root).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function debianRelease(): Promise<string> {
  const os = await readFile('/etc/os-release', 'utf8')
  const release = /^VERSION_CODENAME=(\w+)$/m.exec(os)?.[1]
  if (release && /^ID=debian$/m.test(os)) return release
  const needed =
    'its engine needs glibc 2.38 (Debian 13, Ubuntu 24.04, Fedora 39), and this system has an older one'
  throw new SetupError(`MongoDB: ${needed}: use a newer system, or ${INSTEAD}`)
}

async function downloadInto(work: string, { env, signal }: StartOptions): Promise<void> {
  const cwd = join(work, 'packages')
  const step = async (command: string, args: string[]) => {
    const { code, output } = await run(command, args, { env, cwd, signal })
    if (code === 0) return
    const failed = `${command} could not get the C libraries that its engine needs`
    throw new SetupError(
      `MongoDB: ${failed}; help it to Debian's packages, or ${INSTEAD}\n${lastLines(output)}`,
    )
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
  await step('apt-get', [...settings, '-q', 'download', ...PACKAGES])
  for (const file of await readdir(cwd)) await step('dpkg-deb', ['-x', file, join(work, 'root')])
}
