import { inspect } from 'node:util'
import { type Logger, pino } from 'pino'
import type { CommonSettings } from '../config/common-settings.ts'
import { DaybookError } from '../failures/errors.ts'
import type { KafkaPort } from '../kafka/index.ts'
import type { connectMongo } from '../mongo/connect-mongo.ts'
import { connect } from './connect.ts'

/** What a command works with. The connections are closed after it. */
export interface Connected<Config> {
  config: Config
  mongo: Awaited<ReturnType<typeof connectMongo>>
  kafka: KafkaPort
  log: Logger
}

/** What a command prints, and the exit code of its process. */
export interface Printed {
  text: string
  exitCode: number
}

interface Command<Config, Arguments> {
  /** The service whose command this is, as in `reporting`, and the name of the command. */
  service: string
  name: string
  usage: string
  loadConfig: () => Config
  /** Returns undefined when the arguments are wrong: then the usage is printed. */
  readArguments: () => Arguments | undefined
  run: (given: Arguments, connected: Connected<Config>) => Promise<Printed>
}

/**
 * Runs a program that an operator starts beside the services: reads its arguments, connects it, and prints what it says. Logs go to
 * the standard error stream. An error that a setting or a missing right explains is printed as its message alone, with exit code 1.
 */
export async function runCommand<Config extends CommonSettings, Arguments>(
  command: Command<Config, Arguments>,
): Promise<void> {
  const closing = new AsyncDisposableStack()
  try {
    const { text, exitCode } = await execute(command, closing)
    process.stdout.write(`${text}\n`)
    process.exitCode = exitCode
  } catch (error) {
    process.stderr.write(`${error instanceof DaybookError ? error.message : inspect(error)}\n`)
    process.exitCode = 1
  } finally {
    await closing.disposeAsync()
  }
}

async function execute<Config extends CommonSettings, Arguments>(
  { service, name, usage, loadConfig, readArguments, run }: Command<Config, Arguments>,
  closing: AsyncDisposableStack,
): Promise<Printed> {
  const given = readArguments()
  if (given === undefined) throw new DaybookError('DAYBOOK_CONFIG_INVALID', `usage: ${usage}`)
  const config = loadConfig()
  const log = pino({ name, level: 'warn' }, pino.destination({ dest: process.stderr.fd, sync: true }))
  // For example a consumer that ended: the command would wait for it without end.
  const failed = Promise.withResolvers<never>()
  const signal = new AbortController().signal
  const { mongo, kafka } = await connect(
    { name: service, log, closing, fail: failed.reject, signal },
    config,
    [],
  )
  return Promise.race([run(given, { config, mongo, kafka, log }), failed.promise])
}
