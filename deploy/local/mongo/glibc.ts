import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { debianRelease, PackagesError, unpackDebian } from './debian-packages.ts'

const RELEASE = 'trixie'
const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1']
const ALTERNATIVE = 'set MONGODB_URI to a running MongoDB'

/**
 * Downloads the C and C++ libraries of a newer Debian from this Debian's package sources, unless the cache has them.
 * @returns the beginning of a command line that runs a program with these libraries
 * @throws SetupError when the system is not Debian or its package sources cannot be reached
 */
export async function newerGlibc(options: ServerOptions): Promise<string[]> {
  const root = join(resolve(options.cache), 'glibc', RELEASE)
  if (!existsSync(root)) await downloadLibraries(root, options)
  const [folder, loader] =
    process.arch === 'arm64'
      ? ['usr/lib/aarch64-linux-gnu', 'ld-linux-aarch64.so.1']
      : ['usr/lib/x86_64-linux-gnu', 'ld-linux-x86-64.so.2']
  return [join(root, folder, loader), '--library-path', join(root, folder)]
}

async function downloadLibraries(root: string, { env, signal, report }: ServerOptions): Promise<void> {
  const system = await debianRelease()
  if (system === undefined) {
    const needed =
      'its engine needs glibc 2.38 (Debian 13, Ubuntu 24.04, Fedora 39), and this system has an older one'
    throw new SetupError(`MongoDB: ${needed}: use a newer system, or ${ALTERNATIVE}`)
  }
  report(
    `MongoDB: downloading the C libraries of Debian ${RELEASE}, which its engine needs (once, about 4 MB)…`,
  )
  try {
    await unpackDebian(system, { names: PACKAGES, release: RELEASE, root }, { env, signal })
  } catch (error) {
    if (!(error instanceof PackagesError)) throw error
    const failure = `the C libraries that its engine needs are missing: ${error.message}`
    throw new SetupError(
      `MongoDB: ${failure}\nMongoDB: check apt's access to Debian's packages, or ${ALTERNATIVE}`,
    )
  }
}
