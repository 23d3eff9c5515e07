import { join } from 'node:path'
import { pythonEnvironment } from '../support/python-environment.ts'

/**
 * Installs schemathesis and its dependencies, in the versions of requirements.txt.
 * @returns the path of the program `st`
 * @throws Error that says what is missing on this machine
 */
export async function installSchemathesis(): Promise<string> {
  const requirements = join(import.meta.dirname, 'requirements.txt')
  return join(await pythonEnvironment('schemathesis', requirements), 'st')
}

if (import.meta.main) await installSchemathesis()
