import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JWTPayload } from 'jose'
import { DaybookError } from '../../failures/errors.ts'
import { canonicalTimeZone, TIME_ZONE_FAULT } from '../../time/days.ts'
import { type TokenOptions, tokenVerifier } from './token-verifier.ts'

/** The user who sent a request, read from a bearer JWT (RFC 6750, RFC 7519). */
export interface User {
  /** The claim `sub`. */
  id: string
  /** The current IANA name of the claim `zoneinfo`; without the claim, the default. */
  timeZone: string
  /** Whether the claim `scope` holds `admin`. */
  admin: boolean
  /** The words of the claim `scope`. */
  scopes: readonly string[]
  /** When the token expires, in milliseconds since 1970. */
  expiresAt: number
}

export interface AuthOptions extends TokenOptions {
  /** The time zone of users whose token names no time zone. */
  defaultTimeZone: string
}

declare module 'fastify' {
  interface FastifyRequest {
    user: User
  }
  interface FastifyContextConfig {
    /** The route needs no token. */
    public?: boolean
    /** The route needs a token whose scope holds `admin`. */
    admin?: boolean
    /** The route needs a token whose scope holds this word, or `admin`. */
    scope?: 'jobs' | 'worker'
  }
}

/** Requires a token for every route that is not `config.public`, and sets `request.user` from it. */
export function authenticate(app: FastifyInstance, options: AuthOptions): void {
  const verify = tokenVerifier(options)
  // The verifier returns the same claims for the same token.
  const known = new WeakMap<JWTPayload, User>()
  const userIn = (claims: JWTPayload) => {
    const user = known.get(claims) ?? userOf(claims, options.defaultTimeZone)
    known.set(claims, user)
    return user
  }
  app.decorateRequest('user')
  app.addHook('onRequest', async request => {
    const { config } = request.routeOptions
    // All routes of the documentation are public. They belong to a plugin, so they have no `config.public`.
    if (config.public || /^\/docs(?:[/?]|$)/.test(request.url)) return
    request.user = userIn(await verify(bearerToken(request)))
    if (config.admin && !request.user.admin) {
      throw new DaybookError('DAYBOOK_AUTH_FORBIDDEN', 'Only a token with the scope admin may do this')
    }
    if (config.scope && !request.user.admin && !request.user.scopes.includes(config.scope)) {
      const needed = `Only a token with the scope ${config.scope} or admin may do this`
      throw new DaybookError('DAYBOOK_AUTH_FORBIDDEN', needed)
    }
  })
}

/** Reads the token of a request. @throws DaybookError DAYBOOK_AUTH_REQUIRED without one */
export function bearerToken(request: FastifyRequest): string {
  const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? []
  if (token !== undefined) return token
  throw new DaybookError('DAYBOOK_AUTH_REQUIRED', 'Send a token: Authorization: Bearer <token>')
}

function userOf({ sub, zoneinfo, scope, exp = 0 }: JWTPayload, defaultTimeZone: string): User {
  const refuse = (why: string) => new DaybookError('DAYBOOK_AUTH_REQUIRED', `The token is refused: ${why}`)
  // UTF-8 replaces lone surrogates with U+FFFD, which would give two different users the same id.
  const isText = typeof sub === 'string' && sub.length > 0 && sub.length <= 255
  if (!isText || !sub.isWellFormed()) throw refuse('sub must be text of 1 to 255 characters')
  const zone = zoneinfo ?? defaultTimeZone
  const timeZone = typeof zone === 'string' ? canonicalTimeZone(zone) : undefined
  if (timeZone === undefined) throw refuse(`zoneinfo ${TIME_ZONE_FAULT}`)
  const scopes = typeof scope === 'string' ? scope.split(' ') : []
  return { id: sub, timeZone, admin: scopes.includes('admin'), scopes, expiresAt: exp * 1000 }
}
