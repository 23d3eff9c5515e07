import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { enterDirectory, leaveDirectory } from './directory.ts'
import { signalGroup } from './process-group.ts'
import { lastLines } from './run.ts'
import { SetupError } from './setup-error.ts'

/** A program of ours that serves Kafka or MongoDB: it says once when it is ready, and ends when the channel closes. */
export type ChildOptions = {
  name: string
  dir: string
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  signal?: AbortSignal | undefined
}

export type Child = {
  /** What it said when it was ready. */
  ready: unknown
  /** Resolves with how it ended, once no process of it is left. */
  ended: Promise<string>
  stop(): Promise<void>
  kill(): Promise<void>
}

const START_DEADLINE_MS = 90_000
const STOP_DEADLINE_MS = 15_000

/**
 * Starts a program in a process group of its own and waits until it is ready. Its output goes to `<name>.log` in
 * `dir`. The group is no part of the terminal's, so a Ctrl-C reaches us alone and we stop it in order; and as its
 * channel to us closes when we die, however we die, it is never left behind.
 * Rejects with a SetupError that ends in its last lines when it is not ready in time.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, dir, signal } = options
  signal?.throwIfAborted()
  const logFile = join(dir, `${name.toLowerCase()}.log`)
  const child = spawnGroup(options, logFile)
  const ended = endOf(child).finally(() => leaveDirectory(dir))
  await enterDirectory(dir, child.pid)
  const kill = async () => {
    signalGroup(child.pid, 'SIGKILL')
    await ended
  }
  const stop = async () => {
    if (child.connected) child.disconnect()
    const timer = setTimeout(kill, STOP_DEADLINE_MS)
    await ended
    clearTimeout(timer)
  }
  try {
    return { ready: await readiness(child, ended, signal), ended, stop, kill }
  } catch (error) {
    await stop()
    signal?.throwIfAborted()
    const output = await readFile(logFile, 'utf8')
    throw new SetupError(`${name}: ${(error as Error).message}; ${logFile} ends with\n${lastLines(output)}`)
  }
}

function spawnGroup({ command, args, env, dir }: ChildOptions, logFile: string): ChildProcess {
  const log = openSync(logFile, 'w')
  try {
    const stdio: StdioOptions = ['ignore', log, log, 'ipc', 'pipe']
    return spawn(command, args, { env: withoutNodeHooks(env), cwd: dir, detached: true, stdio })
  } finally {
    closeSync(log)
  }
}

/** A test runner's hooks into Node are meant for its tests, not for the servers they use. */
function withoutNodeHooks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...rest } = env
  return rest
}

/** Every process of the group holds descriptor 4: it closes when the last of them is gone, the first one or not. */
async function endOf(child: ChildProcess): Promise<string> {
  const exited = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  const held = child.stdio[4] as Socket | undefined
  // A reset closes it too.
  held?.resume().on('error', () => {})
  const closed = new Promise<void>(resolve => held?.once('close', () => resolve()) ?? resolve())
  const how = await exited
  await closed
  return how
}

async function readiness(
  child: ChildProcess,
  ended: Promise<string>,
  signal?: AbortSignal,
): Promise<unknown> {
  const deadline = AbortSignal.timeout(START_DEADLINE_MS)
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    ended.then(how => reject(new Error(`it ended before it was ready (${how})`)))
    deadline.addEventListener('abort', () =>
      reject(new Error(`it was not ready in ${START_DEADLINE_MS / 1000} s`)),
    )
    signal?.addEventListener('abort', () => reject(new Error('it was stopped before it was ready')))
  })
}
