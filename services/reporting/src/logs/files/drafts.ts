import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { unless } from './unless.ts'

const HOUR = 3_600_000

/**
 * The name of a new folder of drafts. `sweepDrafts` reads the host and the process id from the name. The UUID is needed,
 * because containers may share both.
 */
export const draftName = (): string => `${hostname()}.${process.pid}.${randomUUID()}`

/** Removes drafts of processes of this host that have ended, and drafts of other hosts that are older than an hour. */
export async function sweepDrafts(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const path = join(drafts, name)
    const afterHost = name.startsWith(`${hostname()}.`) ? name.slice(hostname().length + 1) : undefined
    if (afterHost === undefined ? (await ageOf(path)) > HOUR : !isAlive(Number.parseInt(afterHost, 10))) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

/** Whether another process of this host has the id. A draft with this process's id is from an earlier process. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** The age of a draft in milliseconds; 0 for one that another process has just moved. */
async function ageOf(path: string): Promise<number> {
  const found = await unless(['ENOENT'], stat(path))
  return found === undefined ? 0 : Date.now() - found.mtimeMs
}
