import { chmod, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { InlineConfig } from 'vite'

const folder = import.meta.dirname
// What Vite bundles.
const sources = [join(folder, 'src'), join(folder, 'public'), join(folder, '..', '..', 'shared/client/src')]

const config: InlineConfig = {
  configFile: false,
  root: folder,
  // The gateway serves the console below this path.
  base: '/ui/',
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'esnext',
    // A data: URL of an image would need another Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}

/** The folder of the built console: index.html, and files with hashes in their names in assets/. */
export const DIST = join(folder, 'dist')

/**
 * Builds the console, unless the built one is newer than all its sources. Several processes may call it at the same time: the folder is
 * complete whenever it exists.
 * @param dist the folder for the built console
 * @returns the folder of the built console
 * @throws Error of Vite when the sources cannot be built
 */
export async function ensureConsole(dist = DIST): Promise<string> {
  if (await isCurrent(dist)) return dist
  // A new folder beside the old one can take its place at once.
  const made = await mkdtemp(`${dist}-`)
  try {
    await buildInto(made)
    if (!(await isCurrent(dist))) await replace(dist, made)
  } finally {
    await rm(made, { recursive: true, force: true })
  }
  return dist
}

async function buildInto(outDir: string): Promise<void> {
  const began = new Date()
  // Vite is loaded only for a build.
  const { build } = await import('vite')
  await build({ ...config, build: { ...config.build, outDir, emptyOutDir: true } })
  await chmod(outDir, 0o755)
  // A source that changed meanwhile may be missing in it.
  await utimes(join(outDir, 'index.html'), began, began)
}

/** Puts a folder in the place of another. When another process does so at the same time, the folder of one of them stays. */
async function replace(dist: string, made: string): Promise<void> {
  const old = `${made}-old`
  await unless(['ENOENT'], rename(dist, old))
  await unless(['ENOTEMPTY', 'EEXIST'], rename(made, dist))
  await rm(old, { recursive: true, force: true })
}

async function isCurrent(dist: string): Promise<boolean> {
  const [built, changed] = await Promise.all([timeOf(join(dist, 'index.html')), newestSource()])
  return built >= changed
}

async function newestSource(): Promise<number> {
  const files = sources.map(async source => {
    const entries = await readdir(source, { recursive: true, withFileTypes: true })
    return entries.map(entry => join(entry.parentPath, entry.name))
  })
  const roots = ['index.html', 'package.json', 'build.ts'].map(name => join(folder, name))
  const times = [...sources, ...roots, ...(await Promise.all(files)).flat()].map(timeOf)
  return Math.max(...(await Promise.all(times)))
}

/** When a file last changed, in milliseconds since 1970; 0 when it does not exist. */
const timeOf = async (path: string) => (await unless(['ENOENT'], stat(path)))?.mtimeMs ?? 0

/** Awaits an operation. @returns undefined when it fails with one of these codes */
async function unless<T>(codes: string[], operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation
  } catch (error) {
    if (codes.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

if (import.meta.main) await ensureConsole()
