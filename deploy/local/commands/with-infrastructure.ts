// `node with-infrastructure.ts <command> [args…]` runs a command with KAFKA_BROKERS and MONGODB_URI set: those of the
// environment, else those of containers or embedded ones, on free ports, whose data are wiped when the command has
// ended. Exits as it does.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { SetupError } from '../processes/setup-error.ts'
import { openInfrastructure } from '../stack/infrastructure.ts'
import { testServers } from '../stack/test-servers.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const WRONG_USAGE = 2
const NO_SUCH_COMMAND = 127
const SIGNALED = 128
const [command, ...args] = process.argv.slice(2)

const interrupted = new AbortController()
let running: ChildProcess | undefined

for (const signal of SIGNALS) {
  process.on(signal, () => {
    interrupted.abort(signal)
    // A terminal gives its Ctrl-C to the command as well; a second one would make it end without order.
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
    const env = { ...process.env, KAFKA_BROKERS: brokers.join(','), MONGODB_URI: mongoUri }
    running = spawn(name, args, { stdio: 'inherit', env })
    const [code, killedBy] = (await once(running, 'exit')) as [number | null, NodeJS.Signals]
    return code ?? SIGNALED + constants.signals[killedBy]
  } finally {
    await stop()
  }
}

function exitCodeOf(error: unknown): number {
  if (interrupted.signal.aborted)
    return SIGNALED + constants.signals[interrupted.signal.reason as NodeJS.Signals]
  if (error instanceof SetupError) {
    console.error(error.message)
    return error.exitCode
  }
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code !== 'ENOENT' || !syscall?.startsWith('spawn')) throw error
  console.error(`there is no command ${command}`)
  return NO_SUCH_COMMAND
}

if (command === undefined) {
  console.error('usage: node with-infrastructure.ts <command> [args…]')
  process.exitCode = WRONG_USAGE
} else {
  const dir = await mkdtemp(join(tmpdir(), 'daybook-'))
  try {
    process.exitCode = await runCommand(command, dir).catch(exitCodeOf)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
  // An image may still be on its way: whoever interrupts that is not to wait for it.
  process.exit()
}
