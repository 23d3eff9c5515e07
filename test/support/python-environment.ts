import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExecaError, execa } from 'execa'
import { CACHE } from '../../deploy/local/paths.ts'

/**
 * Installs Python packages into a virtual environment. Later calls find it in the cache.
 * @param name the name of the environment, for people
 * @param requirements the path of a file with the packages and their versions, see `pip install -r`
 * @returns the folder of the environment's programs
 * @throws Error that says what is missing on this machine
 */
export async function pythonEnvironment(name: string, requirements: string): Promise<string> {
  const pins = createHash('sha256').update(await readFile(requirements))
  const dir = join(CACHE, `${name}-${pins.digest('hex').slice(0, 12)}`)
  const complete = join(dir, 'complete')
  if (!existsSync(complete)) {
    await rm(dir, { recursive: true, force: true })
    await makeEnvironment(dir)
    await execa(join(dir, 'bin', 'pip'), ['install', '--quiet', '-r', requirements], { all: true }).catch(
      error => {
        throw new Error(`pip cannot install ${requirements}: ${lastLine(error)}`)
      },
    )
    await writeFile(complete, '')
  }
  return join(dir, 'bin')
}

async function makeEnvironment(dir: string): Promise<void> {
  try {
    await execa('python3', ['-m', 'venv', dir], { all: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('python3 was not found: install Python 3.11 or later')
    }
    // Debian has ensurepip, which venv needs, in a separate package.
    throw new Error(`python3 -m venv fails: install python3-venv (${lastLine(error)})`)
  }
}

function lastLine(error: unknown): string {
  const { all, shortMessage } = error as ExecaError<{ all: true }>
  return all.trim().split('\n').at(-1) || shortMessage
}
