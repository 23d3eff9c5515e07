import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startChild } from './child.ts'
import { freeDirectory } from './directory.ts'
import { findJava, kafkaJars } from './kafka-jars.ts'
import { brokerProperties, CLUSTER_ID, JVM_OPTIONS, KAFKA_READY } from './kafka-settings.ts'
import { LOCALHOST, usablePorts } from './ports.ts'
import { lastLines, run } from './run.ts'
import { SetupError } from './setup-error.ts'
import type { Embedded, StartOptions } from './start-options.ts'
import { supervise } from './supervisor.ts'

export type EmbeddedKafka = Embedded & { brokers: string[] }

/**
 * Starts a single-node Apache Kafka on 127.0.0.1 and answers when it takes requests. Data in `dir` are kept.
 * Rejects with a SetupError, leaving nothing running, when Java or Maven is missing, the port is in use or it does not
 * start.
 */
export async function startKafka(options: StartOptions): Promise<EmbeddedKafka> {
  const { env, report, signal } = options
  const began = Date.now()
  const dir = resolve(options.dir)
  const java = await findJava(options)
  const libs = await kafkaJars(options)
  await freeDirectory(dir, 'Kafka', report)
  const [port = 0, controllerPort = 0] = await usablePorts(
    [options.port ?? 0, 0],
    'Kafka',
    'set KAFKA_PORT to another, or KAFKA_BROKERS to a running Kafka',
  )
  const data = join(dir, 'data')
  const properties = join(dir, 'server.properties')
  await writeFile(properties, brokerProperties({ port, controllerPort, data }))
  const jvm = [java, ...JVM_OPTIONS, '-cp', join(libs, '*')]
  if (!existsSync(join(data, 'meta.properties'))) await format(jvm, properties, options)
  const args = [join(import.meta.dirname, 'keeper.ts'), KAFKA_READY, ...jvm, 'kafka.Kafka', properties]
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
async function format(jvm: string[], properties: string, { env, signal }: StartOptions): Promise<void> {
  const [java = '', ...options] = jvm
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', CLUSTER_ID, '--config', properties]
  const { code, output } = await run(java, [...options, ...tool, '--ignore-formatted'], { env, signal })
  if (code !== 0) throw new SetupError(`Kafka: its storage could not be formatted\n${lastLines(output)}`)
}
