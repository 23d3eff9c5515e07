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

/** A program of ours: it ends when its channel to us closes. */
export type ChildOptions = {
  name: string
  /** Where it runs, and where its output goes: `<name>.log`. */
  dir: string
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  /** Answers when it is ready, or gives up when the signal is aborted; if not given, it says so over its channel. */
  ready?: ((gone: AbortSignal) => Promise<unknown>) | undefined
  /** Makes of its output what tells a person why it ended: its last lines, if not given. */
  explain?: (output: string) => string
  /** What else a person can do when it does not start. */
  instead?: string
  signal?: AbortSignal | undefined
}

export type Child = {
  /** What it said when it was ready. */
  ready: unknown
  /** Resolves with how it ended, once no process of it is left. */
  ended: Promise<string>
  stop(): Promise<void>
  kill(): Promise<void>
  /** What its output since its start tells of its end. */
  explain(): Promise<string>
}

const START_DEADLINE_MS = 90_000
const STOP_DEADLINE_MS = 15_000
const LARGEST_LOG = 10 * 1024 * 1024
const groups = new Set<number>()

/**
 * Starts a program in a process group of its own and waits until it is ready. The group is no part of the terminal's,
 * so a Ctrl-C reaches us alone and we stop it in order; and as its channel to us closes when we die, however we die,
 * it is never left behind.
 * Rejects with a SetupError that tells why when it is not ready in time.
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
    const why = `${name}: ${(error as Error).message}; ${logFile} ends with\n${await explain()}`
    throw new SetupError(options.instead ? `${why}\n${name}: ${options.instead}` : why)
  }
}

/** Ends every program that was started and still runs, as a crash would. */
export function killChildren(): void {
  for (const group of groups) signalGroup(group, 'SIGKILL')
}

/** The output is added to what earlier starts left, which tells why they ended; until there is too much of it. */
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
  { ready, signal }: ChildOptions,
): Promise<unknown> {
  const gone = new AbortController()
  const giveUp = (why: string) => gone.abort(new Error(why))
  const stopped = () => giveUp('it was stopped before it was ready')
  ended.then(how => giveUp(`it ended before it was ready (${how})`))
  const late = setTimeout(
    () => giveUp(`it was not ready in ${START_DEADLINE_MS / 1000} s`),
    START_DEADLINE_MS,
  )
  signal?.addEventListener('abort', stopped)
  try {
    return await (ready?.(gone.signal) ?? firstMessage(child, gone.signal))
  } catch (error) {
    throw gone.signal.reason ?? error
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', stopped)
  }
}

async function firstMessage(child: ChildProcess, signal: AbortSignal): Promise<unknown> {
  const [message] = await once(child, 'message', { signal })
  return message
}
