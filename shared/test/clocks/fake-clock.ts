import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { debianRelease, PackagesError, unpackDebian } from '../../../deploy/local/mongo/debian-packages.ts'
import { CACHE } from '../../../deploy/local/paths.ts'

/** A clock that replaces the machine's clock in a process. Timers still wait for real time. */
export interface FakeClock {
  /** The environment variables of the process. */
  env: Record<string, string>
  /** Sets the clock, which continues from there. */
  set: (instant: Date) => Promise<void>
}

const LIBRARY = 'faketime/libfaketimeMT.so.1'
const triplet = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'

/**
 * Finds libfaketime: the library that is installed or, on Debian, one that is downloaded once into the cache of this checkout.
 * https://github.com/wolfcw/libfaketime
 * @returns the library, or the reason why there is none
 */
export async function findFakeTime(): Promise<{ library: string } | { missing: string }> {
  const folders = [`/usr/lib/${triplet}`, '/usr/lib64', '/usr/lib']
  const installed = folders.map(folder => join(folder, LIBRARY)).find(existsSync)
  if (installed !== undefined) return { library: installed }
  const release = await debianRelease()
  if (release === undefined)
    return { missing: 'libfaketime is not installed, and can only be downloaded on Debian' }
  const root = join(CACHE, 'libfaketime', release)
  try {
    await unpackDebian(release, { names: ['libfaketime'], release, root }, { env: process.env })
  } catch (error) {
    if (error instanceof PackagesError) return { missing: error.message.split('\n')[0] ?? '' }
    throw error
  }
  return { library: join(root, 'usr/lib', triplet, LIBRARY) }
}

/** The environment variables of a process whose clock differs from the machine's by so many seconds. Timers are not affected. */
export const wrongClock = (library: string, seconds: number): Record<string, string> => ({
  LD_PRELOAD: library,
  FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
})

/** Makes a clock that starts at an instant when the process first reads it. */
export async function makeFakeClock(t: Test, library: string, begin: Date): Promise<FakeClock> {
  const folder = await mkdtemp(join(tmpdir(), 'daybook-clock-'))
  t.teardown(() => rm(folder, { recursive: true }))
  const file = join(folder, 'time')
  async function set(instant: Date): Promise<void> {
    // The file is replaced atomically, because the process reads the file each time it reads its clock.
    await writeFile(`${file}.new`, `@${instant.toISOString().slice(0, -'.000Z'.length).replace('T', ' ')}\n`)
    await rename(`${file}.new`, file)
  }
  await set(begin)
  const env = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // libfaketime reads the instant in the file as local time.
    TZ: 'UTC',
  }
  return { env, set }
}
