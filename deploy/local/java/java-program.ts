import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createFolderOnce } from '../processes/create-folder-once.ts'
import { lastLines } from '../processes/last-lines.ts'
import { run } from '../processes/run.ts'
import type { ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'

/** A server that runs on Java, and whose jars Maven fetches. */
export interface JavaProgram {
  name: string
  /** The path of the pom.xml that names its jars. */
  pom: string
  megabytes: number
  /** What a person can do without the program, for error messages. */
  alternative: string
}

const OLDEST_JAVA = 17

/**
 * Finds Java: the one in JAVA_HOME if that is set, otherwise the one in PATH.
 * @returns the command, and what it prints as its version
 * @throws SetupError when there is no Java, or when it is too old
 */
export async function findJava(
  { name, alternative }: JavaProgram,
  { env, signal }: Pick<ServerOptions, 'env' | 'signal'>,
): Promise<{ java: string; javaVersion: string }> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const { exitCode, output } = await run(java, ['-version'], { env, signal })
  const version = /version "(\d+)/.exec(output)?.[1]
  const needed = `${name}: it needs Java ${OLDEST_JAVA} or newer`
  if (exitCode !== 0 || version === undefined) {
    throw new SetupError(
      `${needed}, and ${java} does not run: install one (openjdk-${OLDEST_JAVA}-jre), ${alternative}`,
    )
  }
  if (Number(version) < OLDEST_JAVA) {
    throw new SetupError(
      `${needed}, and ${java} is version ${version}: install a newer one and set JAVA_HOME to it, ${alternative}`,
    )
  }
  return { java, javaVersion: output }
}

/**
 * Downloads the jars that a pom.xml names, unless the cache has them. Each version of the pom.xml has its own folder.
 * @returns the folder of the jars
 * @throws SetupError when Maven is missing or cannot download the jars
 */
export async function fetchJars(program: JavaProgram, options: ServerOptions): Promise<string> {
  const { name, pom, megabytes } = program
  const version = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12)
  const libs = join(resolve(options.cache), name.toLowerCase(), 'libs', version)
  if (existsSync(libs)) return libs
  options.report(`${name}: downloading its jars with Maven (once, about ${megabytes} MB)…`)
  await createFolderOnce(libs, folder => copyJars(folder, program, options))
  return libs
}

async function copyJars(
  target: string,
  { name, pom, alternative }: JavaProgram,
  { env, signal }: ServerOptions,
): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${target}`]
  const { exitCode, notFound, output } = await run('mvn', ['-B', '-q', '-f', pom, ...goal], { env, signal })
  if (notFound) {
    throw new SetupError(
      `${name}: Maven downloads its jars, and the command mvn was not found: install Maven, ${alternative}`,
    )
  }
  if (exitCode !== 0) {
    throw new SetupError(
      `${name}: Maven could not download its jars: check Maven's access to a repository, ${alternative}\n${lastLines(output)}`,
    )
  }
}
