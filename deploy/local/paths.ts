import { join } from 'node:path'

/** The root folder of this repository. */
export const ROOT = join(import.meta.dirname, '..', '..')

/** The folder of downloads, such as Kafka's jars. All stacks and tests that run from this repository share it. */
export const CACHE = join(ROOT, '.daybook')

/**
 * Where Node keeps the modules of our programs, compiled and without their types. A changed module is compiled again. Who can
 * write here can change what the programs do.
 */
export const COMPILED = join(CACHE, 'compiled')
