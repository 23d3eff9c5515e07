import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'

/** What a benchmark ran on. */
export interface Machine {
  /** The number of cores and their model. */
  cpu: string
  /** The versions by name. */
  versions: Record<string, string>
}

const pom = new URL('../../deploy/local/kafka/pom.xml', import.meta.url)

/** @param mongo the version of MongoDB, when the benchmark uses it */
export async function machine(mongo?: string): Promise<Machine> {
  const kafka = /<artifactId>kafka_2.13<\/artifactId>\s*<version>([^<]+)/.exec(
    await readFile(pom, 'utf8'),
  )?.[1]
  if (kafka === undefined) throw new Error(`${pom.pathname} names no version of kafka_2.13`)
  const versions = { Node: process.version, Kafka: kafka, ...(mongo ? { MongoDB: mongo } : {}) }
  return { cpu: `${cpus().length} × ${cpus()[0]?.model.trim()}`, versions }
}
