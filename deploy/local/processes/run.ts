import { spawn } from 'node:child_process'

export type RunOptions = {
  env: NodeJS.ProcessEnv
  cwd?: string
  signal?: AbortSignal | undefined
}

/** How a command ended: `code` is null after a signal and undefined where there is no such command. */
export type RunResult = { code: number | null | undefined; output: string }

/**
 * Runs a command to its end and keeps what it printed, standard output and error together.
 * A command that fails or does not exist is a result; only an abort and a machine that can't start processes reject.
 */
export function run(command: string, args: string[], options: RunOptions): Promise<RunResult> {
  const { env, cwd, signal } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && error.syscall?.startsWith('spawn')) resolve({ code: undefined, output })
      else reject(error)
    })
    child.on('close', code => resolve({ code, output }))
  })
}
