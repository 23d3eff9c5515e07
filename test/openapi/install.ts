import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CACHE } from '../../deploy/local/paths.ts'

const run = promisify(execFile)
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt')

/**
 * Installs schemathesis and all that it needs, in the versions of requirements.txt, into a virtual environment of Python
 * that is kept for the next time.
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
    await run(join(dir, 'bin', 'pip'), ['install', '--quiet', '-r', REQUIREMENTS]).catch(error => {
      throw new Error(`pip cannot install test/openapi/requirements.txt: ${lastLine(error)}`)
    })
    await writeFile(complete, '')
  }
  return join(dir, 'bin', 'st')
}

async function makeEnvironment(dir: string): Promise<void> {
  try {
    await run('python3', ['-m', 'venv', dir])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error('there is no python3: install Python 3.11 or later')
    }
    // Debian has ensurepip, which makes virtual environments, in a package of its own.
    throw new Error(`python3 -m venv fails: install python3-venv (${lastLine(error)})`)
  }
}

function lastLine(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
  return `${stdout}\n${stderr}`.trim().split('\n').at(-1) || message
}

if (import.meta.main) await installSchemathesis()
