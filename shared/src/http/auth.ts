import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { canonicalTimeZone, TIME_ZONE_FAULT } from '../days.ts'
import { DaybookError } from '../errors.ts'

/** Who asks: read from a bearer JWT (RFC 6750, RFC 7519). */
export interface User {
  /** The claim `sub`. */
  id: string
  /** The claim `zoneinfo` by its current IANA name, else the default. */
  timeZone: string
  /** Whether the claim `scope` holds `admin`. */
  admin: boolean
}

export interface AuthOptions {
  /** Secret of HS256 tokens; or the URL of the issuer's keys. */
  key: { secret: string } | { jwksUrl: string }
  issuer?: string | undefined
  audience?: string | undefined
  defaultTimeZone: string
}

declare module 'fastify' {
  interface FastifyRequest {
    user: User
  }
  interface FastifyContextConfig {
    /** Answers without a token. */
    public?: boolean
    /** Needs a token whose scope holds `admin`. */
    admin?: boolean
  }
}

/** Asks every route that is not `config.public` for a token, and sets `request.user` from it. */
export function authenticate(app: FastifyInstance, options: AuthOptions): void {
  const verify = remembering(verifier(options))
  app.decorateRequest('user')
  app.addHook('onRequest', async request => {
    const { config } = request.routeOptions
    // What is not there is 404 for everyone; and the documentation, a plugin's routes, is public as a whole.
    if (config.public || request.is404 || /^\/docs(?:[/?]|$)/.test(request.url)) return
    request.user = userOf(await verify(bearerToken(request)), options.defaultTimeZone)
    if (config.admin && !request.user.admin) {
      throw new DaybookError('DAYBOOK_AUTH_FORBIDDEN', 'Only a token with the scope admin may do this')
    }
  })
}

function bearerToken(request: FastifyRequest): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (token !== undefined) return token
  throw new DaybookError('DAYBOOK_AUTH_REQUIRED', 'Send a token: Authorization: Bearer <token>')
}

function verifier({ key, issuer, audience }: AuthOptions): (token: string) => Promise<JWTPayload> {
  const checks = { ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}) }
  const secret = 'secret' in key ? new TextEncoder().encode(key.secret) : undefined
  const keys: JWTVerifyGetKey =
    'jwksUrl' in key ? createRemoteJWKSet(new URL(key.jwksUrl)) : async () => secret as Uint8Array
  // A public key must never be taken for an HS256 secret.
  const algorithms = secret ? ['HS256'] : ['RS256', 'PS256', 'ES256', 'EdDSA']
  return async token => {
    try {
      return (await jwtVerify(token, keys, { ...checks, algorithms, requiredClaims: ['exp'] })).payload
    } catch (error) {
      throw asAuthError(error as Error)
    }
  }
}

// What jose throws when it is the token that is wrong; all else is about getting the keys.
const faultsOfToken = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
]

function asAuthError(error: Error): DaybookError {
  const why = error instanceof errors.JWTExpired ? 'it has expired: get a new one' : error.message
  if (!faultsOfToken.some(fault => error instanceof fault)) {
    return new DaybookError('DAYBOOK_AUTH_UNAVAILABLE', `The issuer's keys: ${why}`, { cause: error })
  }
  return new DaybookError('DAYBOOK_AUTH_REQUIRED', `The token is refused: ${why}`, { cause: error })
}

// Some 300 bytes each; a request's headers are 16 KiB at most.
const MOST_TOKENS = 10_000

/**
 * Remembers the tokens that were found good, until they expire: a client sends the same one again and again, and
 * checking its signature takes longer than all else about a small request.
 */
function remembering(verify: (token: string) => Promise<JWTPayload>): (token: string) => Promise<JWTPayload> {
  const good = new Map<string, JWTPayload>()
  return async token => {
    const known = good.get(token)
    if (known?.exp !== undefined && known.exp * 1000 > Date.now()) return known
    const payload = await verify(token)
    if (good.size >= MOST_TOKENS) good.clear()
    good.set(token, payload)
    return payload
  }
}

function userOf({ sub, zoneinfo, scope }: JWTPayload, defaultTimeZone: string): User {
  const refuse = (why: string) => new DaybookError('DAYBOOK_AUTH_REQUIRED', `The token is refused: ${why}`)
  // A lone surrogate would become U+FFFD in UTF-8, and two users one.
  const isText = typeof sub === 'string' && sub.length > 0 && sub.length <= 255
  if (!isText || !sub.isWellFormed()) throw refuse('sub must be text of 1 to 255 characters')
  const zone = zoneinfo ?? defaultTimeZone
  const timeZone = typeof zone === 'string' ? canonicalTimeZone(zone) : undefined
  if (timeZone === undefined) throw refuse(`zoneinfo ${TIME_ZONE_FAULT}`)
  return { id: sub, timeZone, admin: typeof scope === 'string' && scope.split(' ').includes('admin') }
}
