import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExecaError, execa } from 'execa'
import { CACHE } from '../../deploy/local/paths.ts'

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt')

/**
 * Installs schemathesis and its dependencies, in the versions of requirements.txt, into a virtual environment of Python.
 * Later calls find it in the cache.
 * @returns the path of the program `st`
 * @throws Error that says what is missing on this machine
 */
export async function installSchemathesis(): Promise<string> {
  const pins = createHash('sha256').update(await readFile(REQUIREMENTS))
  const dir = join(CACHE, `schemathesis-${pins.digest('hex').slice(0, 12)}`)
  const complete = join(dir, 'complete')
  if (!existsSync(complete)) {
    await rm(dir, { recursive: true, force: true })
    await makeEnvironment(dir)
    await execa(join(dir, 'bin', 'pip'), ['install', '--quiet', '-r', REQUIREMENTS], { all: true }).catch(
      error => {
        throw new Error(`pip cannot install test/openapi/requirements.txt: ${lastLine(error)}`)
      },
    )
    await writeFile(complete, '')
  }
  return join(dir, 'bin', 'st')
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

if (import.meta.main) await installSchemathesis()
