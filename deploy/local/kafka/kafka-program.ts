import { join } from 'node:path'
import type { JavaProgram } from '../java/java-program.ts'

/** The Kafka that the embedded broker runs. */
export const kafkaProgram: JavaProgram = {
  name: 'Kafka',
  pom: join(import.meta.dirname, 'pom.xml'),
  megabytes: 45,
  alternative: 'or set KAFKA_BROKERS to a running Kafka',
}
