import {
  createRemoteJWKSet,
  errors,
  type JWKSCacheInput,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwksCache,
  jwtVerify,
} from 'jose'
import { DaybookError } from '../../failures/errors.ts'

export interface TokenOptions {
  /** Secret of HS256 tokens; or the URL of the issuer's keys. */
  key: { secret: string } | { jwksUrl: string }
  issuer?: string | undefined
  audience?: string | undefined
  /** By how many seconds the issuer's clock may differ from ours. */
  clockTolerance?: number
}

/**
 * Verifies a token.
 * @returns its claims
 * @throws DaybookError DAYBOOK_AUTH_REQUIRED for one that is refused, DAYBOOK_AUTH_UNAVAILABLE when the keys cannot be had
 */
export type Verify = (token: string) => Promise<JWTPayload>

/** Makes what verifies bearer tokens by these options; `exp` is required. */
export function tokenVerifier({ key, issuer, audience, clockTolerance = 0 }: TokenOptions): Verify {
  const checks = { ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}) }
  const keys = 'secret' in key ? ownSecret(key.secret) : issuersKeys(key.jwksUrl)
  const options = { ...checks, algorithms: keys.algorithms, clockTolerance, requiredClaims: ['exp'] }
  const verify = async (token: string) => {
    try {
      return (await jwtVerify(token, keys.find, options)).payload
    } catch (error) {
      throw asAuthError(error as Error)
    }
  }
  return remembering(verify, keys.since, clockTolerance)
}

interface Keys {
  find: JWTVerifyGetKey
  algorithms: string[]
  /** When the keys were fetched that are good now; undefined when they must be fetched. */
  since: () => number | undefined
}

function ownSecret(text: string): Keys {
  const secret = new TextEncoder().encode(text)
  return { find: async () => secret, algorithms: ['HS256'], since: () => 0 }
}

// The issuer's keys are fetched anew after ten minutes: for so long a key that it removes is still good.
const KEYS_KEPT_MS = 600_000

function issuersKeys(url: string): Keys {
  const cache: JWKSCacheInput = {}
  const find = createRemoteJWKSet(new URL(url), { cacheMaxAge: KEYS_KEPT_MS, [jwksCache]: cache })
  // A public key must never be taken for an HS256 secret.
  const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
  return { find, algorithms, since: () => (find.fresh ? cache.uat : undefined) }
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

interface GoodToken {
  payload: JWTPayload
  /** When the keys were fetched by which it is good. */
  since: number | undefined
}

/**
 * Remembers the tokens that were found good until they expire, and no longer than the keys by which they are: a client
 * sends the same one again and again, and checking its signature takes longer than all else about a small request.
 */
function remembering(verify: Verify, keysSince: Keys['since'], clockTolerance: number): Verify {
  const good = new Map<string, GoodToken>()
  return async token => {
    const known = good.get(token)
    // Asked before the token is verified: keys that are fetched meanwhile may not have its key.
    const since = keysSince()
    if (known !== undefined && since !== undefined && known.since === since) {
      const { exp = 0 } = known.payload
      if ((exp + clockTolerance) * 1000 > Date.now()) return known.payload
    }
    const payload = await verify(token)
    if (good.size >= MOST_TOKENS) good.clear()
    good.set(token, { payload, since })
    return payload
  }
}
