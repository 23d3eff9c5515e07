// `node with-infrastructure.ts <command> [args…]` runs a command with KAFKA_BROKERS and MONGODB_URI set, and exits with its
// exit code. It uses the servers that the environment names. It starts the others on free ports, in containers or embedded,
// and deletes their data when the command has ended.
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa, type Result } from 'execa'
import { COMPILED } from '../paths.ts'
import { SetupError } from '../processes/setup-error.ts'
import { openInfrastructure } from '../stack/infrastructure.ts'
import { testServers } from '../stack/test-servers.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const WRONG_USAGE = 2
const NO_SUCH_COMMAND = 127
/** Shells report a command that a signal ended as 128 plus the number of the signal. */
const SIGNALED = 128
const [command, ...args] = process.argv.slice(2)

const interrupted = new AbortController()
let running: { kill(signal: NodeJS.Signals): boolean } | undefined

for (const signal of SIGNALS) {
  process.on(signal, () => {
    interrupted.abort(signal)
    // A terminal sends its Ctrl-C to the command as well. A second SIGINT would make the command end without cleanup.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) running?.kill(signal)
  })
}

async function runCommand(name: string, dir: string): Promise<number> {
  const { signal } = interrupted
  const report = (line: string) => console.error(line)
  const options = { env: process.env, servers: testServers(), dir, report, signal }
  const { brokers, mongoUri, stop } = await openInfrastructure(options)
  try {
    signal.throwIfAborted()
    // Tests start hundreds of processes, and each of them would strip the types and compile the same modules again.
    const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? COMPILED
    const env = { KAFKA_BROKERS: brokers.join(','), MONGODB_URI: mongoUri, NODE_COMPILE_CACHE }
    // The command decides how long its cleanup takes: it is not killed after a delay, nor when this process ends.
    const lifetime = { cleanup: false, forceKillAfterDelay: false } as const
    const started = execa(name, args, { stdio: 'inherit', env, reject: false, ...lifetime })
    running = started
    return exitCodeOfCommand(await started)
  } finally {
    await stop()
  }
}

type Ended = Pick<Result<{ reject: false }>, 'exitCode' | 'signal' | 'code' | 'cause'>

function exitCodeOfCommand({ exitCode, signal, code, cause }: Ended): number {
  if (signal !== undefined) return SIGNALED + constants.signals[signal]
  if (exitCode !== undefined) return exitCode
  if (code !== 'ENOENT') throw cause
  console.error(`The command ${command} was not found.`)
  return NO_SUCH_COMMAND
}

function exitCodeOfError(error: unknown): number {
  if (interrupted.signal.aborted)
    return SIGNALED + constants.signals[interrupted.signal.reason as NodeJS.Signals]
  if (!(error instanceof SetupError)) throw error
  console.error(error.message)
  return error.exitCode
}

if (command === undefined) {
  console.error('usage: node with-infrastructure.ts <command> [args…]')
  process.exitCode = WRONG_USAGE
} else {
  const dir = await mkdtemp(join(tmpdir(), 'daybook-'))
  try {
    process.exitCode = await runCommand(command, dir).catch(exitCodeOfError)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
  // After an interrupt an image may still be downloading. Exit without waiting for it.
  process.exit()
}
