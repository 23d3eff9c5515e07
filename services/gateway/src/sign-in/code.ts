import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** What is stored of a code: a token that only the code opens. */
export interface SealedToken {
  /** Made from the code, which cannot be made from it. */
  id: string
  /** The token, encrypted with a key made from the code; base64url. */
  sealed: string
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Makes a code that nobody can guess: 256 random bits. */
export const makeCode = (): string => randomBytes(32).toString('base64url')

/** The id under which the token of a code is stored. */
export const idOf = (code: string): string => derived(code, 'id').toString('base64url')

/** Encrypts a token, so that what is stored reveals it to nobody without the code. */
export function seal(code: string, token: string): SealedToken {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, derived(code, 'key'), iv)
  const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
  const sealed = Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')
  return { id: idOf(code), sealed }
}

/** The inverse of `seal`. @throws Error when the code is another, or the stored text was changed */
export function unseal(code: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv(CIPHER, derived(code, 'key'), bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  const text = bytes.subarray(IV_BYTES + TAG_BYTES)
  return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
}

// The code has 256 random bits, so it needs neither a salt nor a slow function.
const derived = (code: string, use: 'id' | 'key') =>
  Buffer.from(hkdfSync('sha256', code, '', `daybook sign-in ${use}`, 32))
