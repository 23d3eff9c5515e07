import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createFolderOnce } from '../processes/create-folder-once.ts'
import { lastLines } from '../processes/last-lines.ts'
import { run } from '../processes/run.ts'
import type { ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'

const POM = join(import.meta.dirname, 'pom.xml')
const ALTERNATIVE = 'or set KAFKA_BROKERS to a running Kafka'
const OLDEST_JAVA = 17

/**
 * Finds Java: the one in JAVA_HOME if that is set, otherwise the one in PATH.
 * @returns the command, and what it prints as its version
 * @throws SetupError when there is no Java, or when it is too old for Kafka
 */
export async function findJava({
  env,
  signal,
}: ServerOptions): Promise<{ java: string; javaVersion: string }> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const { exitCode, output } = await run(java, ['-version'], { env, signal })
  const version = /version "(\d+)/.exec(output)?.[1]
  const needed = `Kafka: it needs Java ${OLDEST_JAVA} or newer`
  if (exitCode !== 0 || version === undefined) {
    throw new SetupError(
      `${needed}, and ${java} does not run: install one (openjdk-${OLDEST_JAVA}-jre), ${ALTERNATIVE}`,
    )
  }
  if (Number(version) < OLDEST_JAVA) {
    throw new SetupError(
      `${needed}, and ${java} is version ${version}: install a newer one and set JAVA_HOME to it, ${ALTERNATIVE}`,
    )
  }
  return { java, javaVersion: output }
}

/**
 * Downloads the jars that kafka/pom.xml names, unless the cache has them. Each version of pom.xml has its own folder.
 * @returns the folder of the jars
 * @throws SetupError when Maven is missing or cannot download the jars
 */
export async function kafkaJars(options: ServerOptions): Promise<string> {
  const pom = await readFile(POM)
  const version = createHash('sha256').update(pom).digest('hex').slice(0, 12)
  const libs = join(resolve(options.cache), 'kafka', 'libs', version)
  if (existsSync(libs)) return libs
  options.report('Kafka: downloading its jars with Maven (once, about 45 MB)…')
  await createFolderOnce(libs, folder => copyJars(folder, options))
  return libs
}

async function copyJars(target: string, { env, signal }: ServerOptions): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${target}`]
  const { exitCode, notFound, output } = await run('mvn', ['-B', '-q', '-f', POM, ...goal], { env, signal })
  if (notFound) {
    throw new SetupError(
      `Kafka: Maven downloads its jars, and the command mvn was not found: install Maven, ${ALTERNATIVE}`,
    )
  }
  if (exitCode !== 0) {
    throw new SetupError(
      `Kafka: Maven could not download its jars: check Maven's access to a repository, ${ALTERNATIVE}\n${lastLines(output)}`,
    )
  }
}
