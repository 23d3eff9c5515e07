import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startChild } from '../processes/child.ts'
import { lastLines } from '../processes/last-lines.ts'
import { waitUntilUnlocked } from '../processes/pid-lock.ts'
import { LOCALHOST, usablePorts } from '../processes/ports.ts'
import { run } from '../processes/run.ts'
import type { KafkaServer, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { supervise } from '../processes/supervisor.ts'
import { findJava, kafkaJars } from './kafka-jars.ts'
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
  /** Makes of the broker's usual properties those that it is to have. */
  properties?: (usual: BrokerProperties) => BrokerProperties
  /** Users who log in by SCRAM, as `--add-scram` of Kafka's own tool takes them; made when the data are new. */
  scramUsers?: string[]
}

/**
 * Starts a single-node Apache Kafka on 127.0.0.1 and answers when it takes requests. Data in `dir` are kept.
 * Rejects with a SetupError, leaving nothing running, when Java or Maven is missing, the port is in use or it does not
 * start.
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const { env, report, signal } = options
  const began = Date.now()
  const dir = resolve(options.dir)
  const java = await findJava(options)
  const libs = await kafkaJars(options)
  await waitUntilUnlocked(dir, 'Kafka', report)
  const [port = 0, controllerPort = 0] = await usablePorts(
    [options.port ?? 0, 0],
    'Kafka',
    'set KAFKA_PORT to another, or KAFKA_BROKERS to a running Kafka',
  )
  const data = join(dir, 'data')
  const properties = join(dir, 'server.properties')
  const usual = brokerProperties({ port, controllerPort, data })
  await writeFile(properties, asPropertiesFile(options.properties?.(usual) ?? usual))
  const jvm = [java, ...JVM_OPTIONS, ...LOG_OPTIONS, '-cp', join(libs, '*')]
  if (!existsSync(join(data, 'meta.properties'))) await format(jvm, properties, options)
  const args = [
    join(import.meta.dirname, '..', 'processes', 'ipc-wrapper.ts'),
    KAFKA_READY,
    ...jvm,
    'kafka.Kafka',
    properties,
  ]
  const program = { name: 'Kafka', dir, command: process.execPath, args, env }
  const server = await supervise(
    'Kafka',
    unwanted => startChild({ ...program, signal: unwanted }),
    report,
    signal,
  )
  report(`Kafka: ready on ${LOCALHOST}:${port} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  return { ...server, brokers: [`${LOCALHOST}:${port}`], port }
}

/** Formatting writes meta.properties last, so one that was cut short is done again. */
async function format(jvm: string[], properties: string, options: KafkaOptions): Promise<void> {
  const { env, signal, scramUsers = [] } = options
  const [java = '', ...jvmOptions] = jvm
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', properties]
  const users = scramUsers.flatMap(user => ['--add-scram', user])
  const args = [...jvmOptions, ...tool, '--ignore-formatted', ...users]
  const { exitCode, output } = await run(java, args, { env, signal })
  if (exitCode !== 0) throw new SetupError(`Kafka: its storage could not be formatted\n${lastLines(output)}`)
}
