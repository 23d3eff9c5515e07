import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fetchJars, findJava } from '../java/java-program.ts'
import { startChild } from '../processes/child.ts'
import { lastLines } from '../processes/last-lines.ts'
import { LOCALHOST } from '../processes/ports.ts'
import { run } from '../processes/run.ts'
import type { KafkaServer, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { startServer } from '../processes/start-server.ts'
import type { StartOnce } from '../processes/supervisor.ts'
import { classArchive } from './class-archive.ts'
import { kafkaProgram } from './kafka-program.ts'
import {
  asPropertiesFile,
  type BrokerProperties,
  brokerProperties,
  CLUSTER_ID,
  JVM_OPTIONS,
  KAFKA_READY,
  LOG_OPTIONS,
} from './kafka-settings.ts'

export type KafkaOptions = ServerOptions & {
  /** Changes the broker's usual properties. */
  properties?: (usual: BrokerProperties) => BrokerProperties
  /** Users who log in with SCRAM, in the syntax of `kafka-storage.sh --add-scram`. Added only when the data are new. */
  scramUsers?: string[]
}

/**
 * Starts a single-node Apache Kafka on 127.0.0.1 and waits until it accepts requests. It keeps the data in `dir`.
 * @throws SetupError, leaving nothing running, when Java or Maven is missing, the port is in use or Kafka does not start
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const began = Date.now()
  const { java, javaVersion } = await findJava(kafkaProgram, options)
  const libs = await fetchJars(kafkaProgram, options)
  const jvm = (...more: string[]) => [java, ...JVM_OPTIONS, ...more, ...LOG_OPTIONS, '-cp', join(libs, '*')]
  const quietly = { env: options.env, cache: options.cache, signal: options.signal, report: () => undefined }
  const startWith = (option: string, dir: string) =>
    startBroker({ tool: jvm(), broker: jvm(option) }, began, { ...quietly, dir })
  const archive = await classArchive({ javaVersion, libs }, startWith, options)
  return startBroker({ tool: jvm(...archive), broker: jvm(...archive) }, began, options)
}

/** The command lines of the JVM, without a class, for formatting and for the broker. */
interface Jvm {
  tool: string[]
  broker: string[]
}

async function startBroker(jvm: Jvm, began: number, options: KafkaOptions): Promise<KafkaServer> {
  const dir = resolve(options.dir)
  const server = await startServer(
    {
      name: 'Kafka',
      began,
      alternative: 'set KAFKA_PORT to another port, or KAFKA_BROKERS to a running Kafka',
      otherPorts: 1,
      prepare: ports => prepare(jvm, ports, { ...options, dir }),
    },
    { ...options, dir },
  )
  return { ...server, brokers: [`${LOCALHOST}:${server.port}`] }
}

async function prepare(
  jvm: Jvm,
  [port = 0, controllerPort = 0]: number[],
  options: KafkaOptions,
): Promise<StartOnce> {
  const { dir, env } = options
  const data = join(dir, 'data')
  const properties = join(dir, 'server.properties')
  const usual = brokerProperties({ port, controllerPort, data })
  await writeFile(properties, asPropertiesFile(options.properties?.(usual) ?? usual))
  // Formatting writes meta.properties last, so an interrupted formatting is repeated.
  if (!existsSync(join(data, 'meta.properties'))) await format(jvm.tool, properties, options)
  const wrapper = join(import.meta.dirname, '..', 'processes', 'ipc-wrapper.ts')
  const args = [wrapper, KAFKA_READY, ...jvm.broker, 'kafka.Kafka', properties]
  return signal => startChild({ name: 'Kafka', dir, command: process.execPath, args, env, signal })
}

async function format(jvm: string[], properties: string, options: KafkaOptions): Promise<void> {
  const { env, signal, scramUsers = [] } = options
  const [java = '', ...jvmOptions] = jvm
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', properties]
  const users = scramUsers.flatMap(user => ['--add-scram', user])
  const args = [...jvmOptions, ...tool, '--ignore-formatted', ...users]
  const { exitCode, output } = await run(java, args, { env, signal })
  if (exitCode !== 0)
    throw new SetupError(
      `Kafka: formatting its data directory failed; check that it is writable\n${lastLines(output)}`,
    )
}
