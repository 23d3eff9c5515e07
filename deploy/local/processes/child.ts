import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { lastLines } from './last-lines.ts'
import { lockDirectory, unlockDirectory } from './pid-lock.ts'
import { signalGroup } from './process-group.ts'
import { SetupError } from './setup-error.ts'

/** A program to start. It must end by itself when its IPC channel to this process closes. */
export type ChildOptions = {
  name: string
  /** The working directory of the program, and the folder of its output `<name>.log`. */
  dir: string
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  /**
   * Resolves when the program is ready, and rejects when the signal is aborted. Without this function the program is
   * ready when it sends its first message over the IPC channel.
   */
  ready?: ((unready: AbortSignal) => Promise<unknown>) | undefined
  /** Extracts from the program's output why it ended; by default the last lines. */
  explain?: (output: string) => string
  /** What a person can do when the program does not start, for the error message. */
  hint?: string
  signal?: AbortSignal | undefined
}

export type Child = {
  /** The value with which `ready` resolved, or the program's first message. */
  ready: unknown
  /** Resolves with the exit code or signal as text, once no process of the program is left. */
  ended: Promise<string>
  stop(): Promise<void>
  kill(): Promise<void>
  /** Returns why the program ended, extracted from its output since it started. */
  explain(): Promise<string>
}

const START_DEADLINE_MS = 90_000
const STOP_DEADLINE_MS = 15_000
const LARGEST_LOG = 10 * 1024 * 1024
const groups = new Set<number>()

/**
 * Starts a program in its own process group and waits until it is ready. The group is not the terminal's foreground group,
 * so a terminal sends Ctrl-C to this process only, which then stops its programs in order. When this process dies, the IPC
 * channel closes and the program ends too.
 * @throws SetupError that says why the program was not ready in time
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, dir, signal } = options
  signal?.throwIfAborted()
  const logFile = join(dir, `${name.toLowerCase()}.log`)
  const { child, outputStart } = spawnGroup(options, logFile)
  const ended = endOf(child).finally(() => {
    groups.delete(child.pid ?? 0)
    return unlockDirectory(dir, name)
  })
  await lockDirectory(dir, name, child.pid)
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
  const explain = async () => {
    const output = await readFile(logFile)
    return (options.explain ?? lastLines)(output.subarray(outputStart).toString())
  }
  try {
    return { ready: await readiness(child, ended, options), ended, stop, kill, explain }
  } catch (error) {
    await stop()
    signal?.throwIfAborted()
    const why = `${name}: ${(error as Error).message}. The end of its output (${logFile}):\n${await explain()}`
    throw new SetupError(options.hint ? `${why}\n${name}: ${options.hint}` : why)
  }
}

/** Kills every program that startChild has started and that still runs. */
export function killChildren(): void {
  for (const group of groups) signalGroup(group, 'SIGKILL')
}

/** Starts the program. Its output is appended to that of earlier starts, which is overwritten once it is too large. */
function spawnGroup({ command, args, env, dir }: ChildOptions, logFile: string) {
  const before = openSync(logFile, 'a')
  const tooLarge = fstatSync(before).size > LARGEST_LOG
  closeSync(before)
  const log = openSync(logFile, tooLarge ? 'w' : 'a')
  try {
    const outputStart = fstatSync(log).size
    const stdio: StdioOptions = ['ignore', log, log, 'ipc', 'pipe']
    // Not execa: it signals a single process, and this program is ended as a whole process group.
    const child = spawn(command, args, { env: withoutNodeHooks(env), cwd: dir, detached: true, stdio })
    if (child.pid !== undefined) groups.add(child.pid)
    return { child, outputStart }
  } finally {
    closeSync(log)
  }
}

/** Removes the variables with which a test runner hooks into Node: they are for its tests, not for the servers. */
function withoutNodeHooks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...rest } = env
  return rest
}

/**
 * Resolves with how the first process ended, once the whole group has ended. Every process of the group inherits file
 * descriptor 4, a pipe, which closes when the last of them ends.
 */
async function endOf(child: ChildProcess): Promise<string> {
  const exited = new Promise<string>(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
  })
  const held = child.stdio[4] as Socket | undefined
  // A connection reset also closes the pipe, so its error needs no handling.
  held?.resume().on('error', () => {})
  const closed = new Promise<void>(resolve => held?.once('close', () => resolve()) ?? resolve())
  const how = await exited
  await closed
  return how
}

async function readiness(
  child: ChildProcess,
  ended: Promise<string>,
  { ready, signal }: ChildOptions,
): Promise<unknown> {
  const unready = new AbortController()
  const giveUp = (why: string) => unready.abort(new Error(why))
  const stopped = () => giveUp('it was stopped before it was ready')
  ended.then(how => giveUp(`it ended before it was ready (${how})`))
  const late = setTimeout(
    () => giveUp(`it was not ready within ${START_DEADLINE_MS / 1000} s`),
    START_DEADLINE_MS,
  )
  signal?.addEventListener('abort', stopped)
  try {
    return await (ready?.(unready.signal) ?? firstMessage(child, unready.signal))
  } catch (error) {
    throw unready.signal.reason ?? error
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', stopped)
  }
}

async function firstMessage(child: ChildProcess, signal: AbortSignal): Promise<unknown> {
  const [message] = await once(child, 'message', { signal })
  return message
}
