import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { lastLines } from '../processes/last-lines.ts'
import { run } from '../processes/run.ts'
import type { ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'

const POM = join(import.meta.dirname, 'pom.xml')
const INSTEAD = 'or set KAFKA_BROKERS to a running Kafka'
const OLDEST_JAVA = 17

/**
 * Finds Java: JAVA_HOME's, else PATH's.
 * @returns the command; rejects with a SetupError if there is none, or an older one than Kafka needs.
 */
export async function findJava({ env, signal }: ServerOptions): Promise<string> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const { exitCode, output } = await run(java, ['-version'], { env, signal })
  const version = /version "(\d+)/.exec(output)?.[1]
  const needed = `Kafka: it needs Java ${OLDEST_JAVA} or newer`
  if (exitCode !== 0 || version === undefined) {
    throw new SetupError(
      `${needed}, and ${java} does not run: install one (openjdk-${OLDEST_JAVA}-jre), ${INSTEAD}`,
    )
  }
  if (Number(version) < OLDEST_JAVA) {
    throw new SetupError(
      `${needed}, and ${java} is ${version}: install one and set JAVA_HOME to it, ${INSTEAD}`,
    )
  }
  return java
}

/**
 * Gets the jars that kafka/pom.xml names, once for each content of it: later calls find them in the cache.
 * @returns the folder that holds them; rejects with a SetupError if Maven is missing or can't get them.
 */
export async function kafkaJars(options: ServerOptions): Promise<string> {
  const cache = join(resolve(options.cache), 'kafka', 'libs')
  const pom = await readFile(POM)
  const libs = join(cache, createHash('sha256').update(pom).digest('hex').slice(0, 12))
  if (existsSync(libs)) return libs
  options.report('Kafka: downloading its jars with Maven (once, about 45 MB)…')
  // Two stacks may do this at once: each into a folder of its own, and the first to finish gives its to both.
  const unfinished = join(cache, `unfinished-${randomUUID()}`)
  await mkdir(unfinished, { recursive: true })
  try {
    await copyJars(unfinished, options)
    await rename(unfinished, libs).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return libs
}

async function copyJars(target: string, { env, signal }: ServerOptions): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${target}`]
  const { exitCode, notFound, output } = await run('mvn', ['-B', '-q', '-f', POM, ...goal], { env, signal })
  if (notFound) {
    throw new SetupError(`Kafka: Maven fetches its jars, and there is no mvn: install Maven, ${INSTEAD}`)
  }
  if (exitCode !== 0) {
    throw new SetupError(
      `Kafka: Maven could not get the jars; help it to a repository, ${INSTEAD}\n${lastLines(output)}`,
    )
  }
}
