import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, signalGroup } from './process-group.ts'
import { SetupError } from './setup-error.ts'

const LOOK_AGAIN_MS = 50
/** How long a server may take to end: one whose stack has died, and one whose stack seems to live on. */
const DEAD_STACK_MS = 15_000
const RUNNING_STACK_MS = 2_000

/**
 * Makes a server's directory, and sees to it that no other one runs there. One whose stack was killed is about to end:
 * that is waited for.
 * @throws SetupError when one runs there and goes on
 */
export async function waitUntilUnlocked(
  dir: string,
  name: string,
  report: (line: string) => void,
): Promise<void> {
  await mkdir(dir, { recursive: true })
  const [group, parent] = await holderOf(dir, name)
  if (!group || !parent || !signalGroup(group, 0)) return
  report(`${name}: waiting for the one that runs in ${dir} to end…`)
  const began = Date.now()
  while (signalGroup(group, 0)) {
    if (Date.now() - began > (isAlive(parent) ? RUNNING_STACK_MS : DEAD_STACK_MS)) {
      const owner = `process ${group}, started by process ${parent}`
      throw new SetupError(
        `${name}: one runs already in ${dir} (${owner}): stop it, or set DAYBOOK_DIR to another directory`,
      )
    }
    await sleep(LOOK_AGAIN_MS)
  }
}

/** Notes that a process group of this process serves the directory. */
export async function lockDirectory(dir: string, name: string, group: number | undefined): Promise<void> {
  if (group !== undefined) await writeFile(lockFile(dir, name), `${group} ${process.pid}\n`)
}

/** Takes the note back. */
export async function unlockDirectory(dir: string, name: string): Promise<void> {
  await rm(lockFile(dir, name), { force: true })
}

/** Whether a server runs in the directory. */
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
