import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { Test } from 'tap'

/** A Node program that runs as a process, with pipes for its standard output and error. */
export interface SpawnedProgram {
  process: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves with the exit code or the signal when the process has ended and its output is read. */
  gone: Promise<number | string>
  /** Sends a signal and resolves when the process has ended. */
  end: (signal: NodeJS.Signals) => Promise<number | string>
}

const endWithParent = import.meta.resolve('../../../deploy/local/processes/end-with-parent.ts')

/**
 * Starts a Node program for a test. It is killed when the test ends. It ends by itself when the test's process is
 * killed, because the channel between them closes then.
 * @param file the path of the program
 */
export function spawnProgram(
  t: Pick<Test, 'teardown'>,
  file: string,
  { args = [], env }: { args?: string[]; env: Record<string, string> },
): SpawnedProgram {
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, ['--import', endWithParent, file, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  }) as ChildProcessByStdio<null, Readable, Readable>
  const gone = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string)
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return gone
  }
  t.teardown(() => end('SIGKILL'))
  return { process: child, gone, end }
}
