import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { InlineConfig } from 'vite'

const folder = import.meta.dirname

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
 * Builds the console, unless dist/ is newer than all its sources.
 * @returns the folder of the built console
 * @throws Error of Vite when the sources cannot be built
 */
export async function ensureConsole(): Promise<string> {
  const [built, changed] = await Promise.all([timeOf(join(DIST, 'index.html')), newestSource()])
  if (built >= changed) return DIST
  // Vite is loaded only for a build.
  const { build } = await import('vite')
  await build(config)
  return DIST
}

async function newestSource(): Promise<number> {
  const sources = ['src', 'public'].map(async name => {
    const files = await readdir(join(folder, name), { recursive: true, withFileTypes: true })
    return files.map(file => join(file.parentPath, file.name))
  })
  const roots = ['src', 'index.html', 'package.json', 'build.ts'].map(name => join(folder, name))
  const times = [...roots, ...(await Promise.all(sources)).flat()].map(timeOf)
  return Math.max(...(await Promise.all(times)))
}

/** When a file last changed, in milliseconds since 1970; 0 when it does not exist. */
async function timeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

if (import.meta.main) await ensureConsole()
