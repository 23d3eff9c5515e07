import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { createFolderOnce } from '../processes/create-folder-once.ts'
import type { Server, ServerOptions } from '../processes/server.ts'

/** The files that decide whether an archive of classes fits: the JVM accepts only an archive that it made from the same jars. */
export interface ArchiveSource {
  /** What `java -version` prints. */
  javaVersion: string
  /** The folder of the jars. */
  libs: string
}

/**
 * Makes an archive of the classes that Kafka loads (class-data sharing of the JVM), unless the cache has it. With it, a start
 * takes two thirds of the CPU time.
 * @param start starts a Kafka in a folder with a further JVM option
 * @returns the JVM option that loads the archive; none when this JVM made no archive
 */
export async function classArchive(
  { javaVersion, libs }: ArchiveSource,
  start: (option: string, dir: string) => Promise<Server>,
  { cache, report }: ServerOptions,
): Promise<string[]> {
  const version = createHash('sha256').update(javaVersion).digest('hex').slice(0, 12)
  const folder = join(resolve(cache), 'kafka', 'classes', `${basename(libs)}-${version}`)
  const name = 'kafka.jsa'
  if (!existsSync(folder)) {
    report('Kafka: preparing its classes for quick starts (once)…')
    await createFolderOnce(folder, async unfinished => {
      // The JVM writes the archive when it ends.
      const run = join(unfinished, 'run')
      const server = await start(`-XX:ArchiveClassesAtExit=${join(unfinished, name)}`, run)
      await server.stop()
      await rm(run, { recursive: true })
    })
  }
  const archive = join(folder, name)
  return existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : []
}
