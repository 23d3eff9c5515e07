import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from '../processes/setup-error.ts'
import type { LocalSettings } from './settings.ts'

const SHORTEST = 32

/**
 * The secret that signs the tokens of the local stack: AUTH_SECRET, else one of its own, which is made when it is
 * first asked for and then kept.
 * @throws SetupError where AUTH_JWKS_URL is set: the tokens come from somebody else then
 */
export async function localSecret({ dir, env }: Pick<LocalSettings, 'dir' | 'env'>): Promise<string> {
  if (env.AUTH_SECRET) return env.AUTH_SECRET
  if (env.AUTH_JWKS_URL) {
    throw new SetupError('AUTH_JWKS_URL is set: tokens come from the issuer there, and none can be made here')
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
    `${file}: it holds no secret of ${SHORTEST} characters or more: delete it, and one is made anew`,
  )
}
