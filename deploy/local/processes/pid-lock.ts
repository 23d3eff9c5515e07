import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, signalGroup } from './process-group.ts'
import { SetupError } from './setup-error.ts'

// A lock file `<name>.pid` in a server's directory holds the ids of the server's process group and of the process that
// started it. The lock is held for as long as the process group exists, so a lock file left by a crash does not count.

const POLL_MS = 50
/** How long to wait for a server to end when the process that started it is dead: the server is stopping then. */
const DEAD_PARENT_MS = 15_000
/** How long to wait when the process that started the server still runs. */
const LIVING_PARENT_MS = 2_000

/**
 * Creates a server's directory and waits until no other server holds its lock.
 * @throws SetupError when the other server does not end
 */
export async function waitUntilUnlocked(
  dir: string,
  name: string,
  report: (line: string) => void,
): Promise<void> {
  await mkdir(dir, { recursive: true })
  const [group, parent] = await holderOf(dir, name)
  if (!group || !parent || !signalGroup(group, 0)) return
  report(`${name}: waiting for the ${name} that runs in ${dir} to end…`)
  const began = Date.now()
  while (signalGroup(group, 0)) {
    if (Date.now() - began > (isAlive(parent) ? LIVING_PARENT_MS : DEAD_PARENT_MS)) {
      const holder = `process ${group}, started by process ${parent}`
      throw new SetupError(
        `${name}: another ${name} runs in ${dir} (${holder}): stop it, or set DAYBOOK_DIR to another directory`,
      )
    }
    await sleep(POLL_MS)
  }
}

/** Locks a directory for a process group that this process has started. */
export async function lockDirectory(dir: string, name: string, group: number | undefined): Promise<void> {
  if (group !== undefined) await writeFile(lockFile(dir, name), `${group} ${process.pid}\n`)
}

/** Unlocks a directory. */
export async function unlockDirectory(dir: string, name: string): Promise<void> {
  await rm(lockFile(dir, name), { force: true })
}

/** Returns whether a running server holds the lock of a directory. */
export async function isLocked(dir: string, name: string): Promise<boolean> {
  const [group] = await holderOf(dir, name)
  return group !== undefined && signalGroup(group, 0)
}

async function holderOf(dir: string, name: string): Promise<number[]> {
  try {
    return (await readFile(lockFile(dir, name), 'utf8')).split(' ').map(Number)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return []
  }
}

function lockFile(dir: string, name: string): string {
  return join(dir, `${name.toLowerCase()}.pid`)
}
