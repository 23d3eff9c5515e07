import { execa } from 'execa'

export type RunOptions = {
  /** The whole environment of the command: this process's own environment is not added. */
  env: NodeJS.ProcessEnv
  cwd?: string
  signal?: AbortSignal | undefined
}

export type RunResult = {
  /** Undefined when a signal ended the command, and when the command was not found. */
  exitCode: number | undefined
  notFound: boolean
  /** Standard output and standard error, interleaved as they arrived. */
  output: string
}

/**
 * Runs a command until it ends and returns its exit code and output. A command that fails or does not exist is a
 * result, not an error.
 * @throws the reason of `signal` when it is aborted: the command has ended by then
 * @throws an error of the system when the command cannot be started for another reason, such as missing permission
 */
export async function run(command: string, args: string[], options: RunOptions): Promise<RunResult> {
  const { env, cwd, signal } = options
  const result = await execa(command, args, {
    env,
    extendEnv: false,
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
    stdin: 'ignore',
    all: true,
    stripFinalNewline: false,
    reject: false,
  })
  signal?.throwIfAborted()
  const notFound = result.code === 'ENOENT'
  if (result.code !== undefined && !notFound) throw result.cause
  return { exitCode: result.exitCode, notFound, output: result.all }
}
