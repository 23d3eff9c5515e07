import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { CACHE } from '../../deploy/local/paths.ts'
import { createFolderOnce } from '../../deploy/local/processes/create-folder-once.ts'
import type { LaunchOptions } from './types.ts'

const listed = (name: string) => join(import.meta.dirname, name)

/** The folder of the installed packages: another list of packages has another one. */
export const PACKAGES = join(
  CACHE,
  `browser-${createHash('sha256')
    .update(readFileSync(listed('package-lock.json')))
    .digest('hex')
    .slice(0, 12)}`,
)
// The package's own configuration names folders of Amazon's Linux.
const FONTS = '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>'
const CHROMIUM = join(CACHE, 'chromium-153.0.0')

/** Loads a module of the installed packages. */
export const load = <Module>(name: string): Promise<Module> =>
  import(join(PACKAGES, 'node_modules', name)) as Promise<Module>

/**
 * Installs Playwright and, on Linux x64, Chromium, unless they are installed.
 * @returns how to launch a browser; elsewhere an installed Chrome is launched
 * @throws Error that says what is missing on this machine
 */
export async function installBrowser(): Promise<LaunchOptions> {
  if (!existsSync(PACKAGES)) await createFolderOnce(PACKAGES, installPackages)
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  if (!existsSync(CHROMIUM)) await createFolderOnce(CHROMIUM, unpack)
  return {
    executablePath: join(CHROMIUM, 'chromium'),
    // The arguments that the package proposes switch off what a browser protects.
    args: ['--no-sandbox'],
    env: {
      LD_LIBRARY_PATH: join(CHROMIUM, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(CHROMIUM, 'fonts'),
      LANG: 'en_US.UTF-8',
      HOME: CHROMIUM,
    },
  }
}

async function installPackages(into: string): Promise<void> {
  for (const name of ['package.json', 'package-lock.json']) await copyFile(listed(name), join(into, name))
  // The settings of the npm that runs the tests must not reach this npm.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  const { failed, all } = await execa('npm', args, {
    ...{ cwd: into, env, extendEnv: false },
    ...{ all: true, reject: false },
  })
  if (failed) throw new Error(`Playwright cannot be installed here: ${all?.trim().split('\n').at(-1)}`)
}

/**
 * Unpacks Chromium with its libraries and fonts. The package unpacks into the temporary folder, uses what lies there already, and puts
 * its libraries in front of those of other programs: so it runs in a process of its own, with an empty folder.
 */
async function unpack(into: string): Promise<void> {
  const program = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  await execa(process.execPath, ['--input-type=module', '-e', program], {
    cwd: PACKAGES,
    // The package has libraries for Amazon's Linux, which work on others.
    env: { TMPDIR: into, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x', NODE_OPTIONS: '' },
  })
  await writeFile(join(into, 'fonts', 'fonts.conf'), FONTS)
}

if (import.meta.main) await installBrowser()
