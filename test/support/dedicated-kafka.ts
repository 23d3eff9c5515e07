import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { findJava } from '../../deploy/local/java/java-program.ts'
import { kafkaProgram } from '../../deploy/local/kafka/kafka-program.ts'
import { type KafkaOptions, startKafka } from '../../deploy/local/kafka/start-kafka.ts'
import { CACHE } from '../../deploy/local/paths.ts'

type Properties = NonNullable<KafkaOptions['properties']>

/** A broker for one test, with properties that the test chooses. */
export interface DedicatedKafka {
  brokers: string[]
  /** The folder of its logs and checkpoints. */
  data: string
  /** Kills the broker as a crash would, and starts it again with other properties. */
  restart: (properties: Properties) => Promise<void>
}

/** Returns why this machine cannot start a broker, or false when it can: the `skip` option of a test. */
export function cannotStart(): Promise<string | false> {
  return findJava(kafkaProgram, { env: process.env }).then(
    () => false,
    error => (error as Error).message,
  )
}

export async function startDedicatedKafka(
  t: Test,
  options: Pick<KafkaOptions, 'port' | 'scramUsers'> & { properties: Properties },
): Promise<DedicatedKafka> {
  const dir = await mkdtemp(join(tmpdir(), 'daybook-kafka-'))
  const fixed = { env: process.env, dir, cache: CACHE, report: (line: string) => t.comment(line) }
  let running = await startKafka({ ...fixed, ...options })
  t.teardown(async () => {
    await running.kill()
    rmSync(dir, { recursive: true, force: true })
  })
  return {
    brokers: running.brokers,
    data: join(dir, 'data'),
    async restart(properties) {
      await running.kill()
      running = await startKafka({ ...fixed, ...options, port: running.port, properties })
    },
  }
}
