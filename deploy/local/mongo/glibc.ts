import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { debianRelease, PackagesError, unpackDebian } from './debian-packages.ts'

const RELEASE = 'trixie'
const PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1']
const INSTEAD = 'set MONGODB_URI to a running MongoDB'

/**
 * Gets the C and C++ libraries of a newer Debian, once, from the package sources that this Debian has.
 * @returns how a command line starts that runs a program with them
 * @throws SetupError where the system is no Debian, or its sources can't be reached
 */
export async function newerGlibc(options: ServerOptions): Promise<string[]> {
  const root = join(resolve(options.cache), 'glibc', RELEASE)
  if (!existsSync(root)) await getInto(root, options)
  const [folder, loader] =
    process.arch === 'arm64'
      ? ['usr/lib/aarch64-linux-gnu', 'ld-linux-aarch64.so.1']
      : ['usr/lib/x86_64-linux-gnu', 'ld-linux-x86-64.so.2']
  return [join(root, folder, loader), '--library-path', join(root, folder)]
}

async function getInto(root: string, { env, signal, report }: ServerOptions): Promise<void> {
  const system = await debianRelease()
  if (system === undefined) {
    const needed =
      'its engine needs glibc 2.38 (Debian 13, Ubuntu 24.04, Fedora 39), and this system has an older one'
    throw new SetupError(`MongoDB: ${needed}: use a newer system, or ${INSTEAD}`)
  }
  report(`MongoDB: downloading Debian ${RELEASE}'s C libraries, which its engine needs (once, about 4 MB)…`)
  try {
    await unpackDebian(system, { names: PACKAGES, release: RELEASE, root }, { env, signal })
  } catch (error) {
    if (!(error instanceof PackagesError)) throw error
    throw new SetupError(`MongoDB: help it to Debian's packages, or ${INSTEAD}: ${error.message}`)
  }
}
