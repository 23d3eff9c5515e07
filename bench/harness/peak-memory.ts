import { readFile } from 'node:fs/promises'

/**
 * @returns the peak of the resident memory in MB (10^6 bytes) that a process has had, or undefined: on systems without /proc, or
 * when it has ended
 */
export async function peakMemory(pid: number): Promise<number | undefined> {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kilobytes === undefined ? undefined : (Number(kilobytes) * 1024) / 1e6
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
