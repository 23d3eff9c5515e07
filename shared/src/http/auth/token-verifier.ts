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
  /** The secret of HS256 tokens, or the URL of the issuer's public keys. */
  key: { secret: string } | { jwksUrl: string }
  issuer?: string | undefined
  audience?: string | undefined
  /** The most seconds by which the issuer's clock may differ from the service's clock. */
  clockTolerance?: number
}

/**
 * Verifies a token.
 * @returns the claims of the token
 * @throws DaybookError DAYBOOK_AUTH_REQUIRED for an invalid token, DAYBOOK_AUTH_UNAVAILABLE when the keys cannot be fetched
 */
export type Verify = (token: string) => Promise<JWTPayload>

/** Makes the verifier of bearer tokens. A token must have the claim `exp`. */
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
  return caching(verify, keys.since, clockTolerance)
}

interface Keys {
  find: JWTVerifyGetKey
  algorithms: string[]
  /** When the current keys were fetched; undefined when they must be fetched. */
  since: () => number | undefined
}

function ownSecret(text: string): Keys {
  const secret = new TextEncoder().encode(text)
  return { find: async () => secret, algorithms: ['HS256'], since: () => 0 }
}

// The issuer's keys are fetched again after ten minutes: a key that the issuer removes stays valid for at most this time.
const KEYS_KEPT_MS = 600_000

function issuersKeys(url: string): Keys {
  const cache: JWKSCacheInput = {}
  const find = createRemoteJWKSet(new URL(url), { cacheMaxAge: KEYS_KEPT_MS, [jwksCache]: cache })
  // Excludes HS256, so that nobody can sign a token with the public key as the secret.
  const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA']
  return { find, algorithms, since: () => (find.fresh ? cache.uat : undefined) }
}

// The errors of jose for an invalid token. All other errors are failures to fetch the keys.
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
    return new DaybookError('DAYBOOK_AUTH_UNAVAILABLE', `The issuer's keys cannot be fetched: ${why}`, {
      cause: error,
    })
  }
  return new DaybookError('DAYBOOK_AUTH_REQUIRED', `The token is refused: ${why}`, { cause: error })
}

// A token takes about 300 bytes, and 16 KiB at most, the limit of a request's headers.
const MAX_TOKENS = 10_000

interface ValidToken {
  payload: JWTPayload
  /** When the keys that verified the token were fetched. */
  since: number | undefined
}

/**
 * Caches valid tokens until they expire or the keys are fetched again. A client sends the same token repeatedly, and
 * checking its signature takes longer than the rest of a small request.
 */
function caching(verify: Verify, keysSince: Keys['since'], clockTolerance: number): Verify {
  const valid = new Map<string, ValidToken>()
  return async token => {
    const known = valid.get(token)
    // Read the fetch time before the token is verified: keys that are fetched during the verification may lack the token's
    // key.
    const since = keysSince()
    if (known !== undefined && since !== undefined && known.since === since) {
      const { exp = 0 } = known.payload
      if ((exp + clockTolerance) * 1000 > Date.now()) return known.payload
    }
    const payload = await verify(token)
    if (valid.size >= MAX_TOKENS) valid.clear()
    valid.set(token, { payload, since })
    return payload
  }
}
