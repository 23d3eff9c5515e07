import { canonicalTimeZone, TIME_ZONE_FAULT } from '@daybook/shared/time/days'
import { SignJWT } from 'jose'
import { SetupError } from '../processes/setup-error.ts'
import { localSecret } from './secret.ts'
import type { LocalSettings } from './settings.ts'

/** The person whom a token identifies. */
export interface Bearer {
  user: string
  timeZone?: string | undefined
  /** What the token allows, see `knownScopes`. */
  scopes?: readonly string[] | undefined
  /** Makes the person an operator: the same as the scope `admin`. */
  admin?: boolean | undefined
}

/** Makes a token for a person. */
export type MakeToken = (bearer: Bearer) => Promise<string>

/** `jobs` may add jobs and handle its own, `worker` may run jobs by HTTP, `admin` may do everything. */
const knownScopes = ['jobs', 'worker', 'admin']
const DAYS_VALID = 7
const LONGEST_USER = 255

/**
 * Returns a function that makes tokens for the local stack: JWTs with HS256, valid for 7 days.
 * @throws SetupError when the stack's tokens come from an issuer
 */
export async function tokenMaker(settings: Pick<LocalSettings, 'dir' | 'env'>): Promise<MakeToken> {
  const key = new TextEncoder().encode(await localSecret(settings))
  const { AUTH_ISSUER: iss, AUTH_AUDIENCE: aud } = settings.env
  const issued = { ...(iss ? { iss } : {}), ...(aud ? { aud } : {}) }
  return async bearer =>
    new SignJWT({ ...issued, ...claimsOf(bearer) }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key)
}

function claimsOf({ user, timeZone, scopes = [], admin }: Bearer) {
  if (user === '' || user.length > LONGEST_USER) {
    throw new SetupError(`the user must have 1 to ${LONGEST_USER} characters`)
  }
  if (timeZone !== undefined && canonicalTimeZone(timeZone) === undefined) {
    throw new SetupError(`"${timeZone}" is not a time zone: it ${TIME_ZONE_FAULT}`)
  }
  const unknown = scopes.find(scope => !knownScopes.includes(scope))
  if (unknown !== undefined) {
    throw new SetupError(`"${unknown}" is not a scope: use ${knownScopes.join(', ')}`)
  }
  const scope = [...new Set([...scopes, ...(admin ? ['admin'] : [])])].join(' ')
  const iat = Math.floor(Date.now() / 1000)
  return {
    sub: user,
    ...(timeZone === undefined ? {} : { zoneinfo: timeZone }),
    ...(scope === '' ? {} : { scope }),
    iat,
    exp: iat + DAYS_VALID * 24 * 60 * 60,
  }
}
