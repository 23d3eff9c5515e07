import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from '../processes/setup-error.ts'
import type { LocalSettings } from './settings.ts'

const SHORTEST = 32

/**
 * Returns the secret that signs the tokens of the local stack: AUTH_SECRET if it is set, otherwise the content of
 * `<dir>/auth-secret`, which the first call creates.
 * @throws SetupError when AUTH_JWKS_URL is set, because tokens then come from an issuer
 */
export async function localSecret({ dir, env }: Pick<LocalSettings, 'dir' | 'env'>): Promise<string> {
  if (env.AUTH_SECRET) return env.AUTH_SECRET
  if (env.AUTH_JWKS_URL) {
    throw new SetupError(
      'AUTH_JWKS_URL is set, so tokens cannot be made here: get them from the issuer of that URL',
    )
  }
  const file = join(dir, 'auth-secret')
  await mkdir(dir, { recursive: true })
  try {
    const secret = randomBytes(32).toString('base64url')
    await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' })
    return secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const secret = (await readFile(file, 'utf8')).trim()
  if (secret.length >= SHORTEST) return secret
  throw new SetupError(
    `${file}: its secret is shorter than ${SHORTEST} characters: delete the file, and the next start creates a new one`,
  )
}
