import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'

// A command whose request is refused must end the script, as it does not when a person pastes it.
const STRICT = 'set -e\ncurl() { command curl --fail-with-body "$@"; }\n'

/**
 * Runs commands of a document with `sh`, as a person would paste them. Programs that they leave in the background are ended.
 * @returns what they print on the standard output
 * @throws Error with everything that they printed, when a command fails or a request is refused
 */
export async function runShell(
  t: Test,
  script: string,
  { cwd, env }: { cwd: string; env?: Record<string, string> },
): Promise<string> {
  const shell = spawn('sh', ['-c', STRICT + script], {
    cwd,
    env: { ...process.env, ...env },
    // A process group of its own: its background programs can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const end = () => endGroup(shell.pid as number)
  t.teardown(end)
  const printed = Promise.all([text(shell.stdout), text(shell.stderr)])
  const [code] = await once(shell, 'exit')
  end()
  const [output, errors] = await printed
  if (code === 0) return output
  throw new Error(`The commands ended with ${code}:\n${output}\n${errors}`)
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
