import { join } from 'node:path'

/** The folder of this repository. */
export const ROOT = join(import.meta.dirname, '..', '..')

/** Downloads of the embedded servers are kept here, once for every stack that is started from this repository. */
export const CACHE = join(ROOT, '.daybook')
