/** What a token says about the person who has it. */
export interface Claims {
  user: string
  /** The time zone by which the services tell the person's days; undefined: the default of the services. */
  timeZone: string | undefined
  scopes: readonly string[]
  /** When the token was made, in milliseconds since 1970; undefined: it does not say. */
  issuedAt: number | undefined
  /** When the token ends, in milliseconds since 1970. */
  expiresAt: number
}

/**
 * Reads a token, without verifying it: the services do that for each request.
 * @returns undefined when the text is no token with a user and an end
 */
export function claimsOf(token: string): Claims | undefined {
  const { sub, zoneinfo, scope, iat, exp } = payloadOf(token) ?? {}
  if (typeof sub !== 'string' || typeof exp !== 'number') return undefined
  return {
    user: sub,
    timeZone: typeof zoneinfo === 'string' ? zoneinfo : undefined,
    scopes: typeof scope === 'string' ? scope.split(' ') : [],
    issuedAt: typeof iat === 'number' ? iat * 1000 : undefined,
    expiresAt: exp * 1000,
  }
}

function payloadOf(token: string): Record<string, unknown> | undefined {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return undefined
  try {
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const read: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(bytes, one => one.charCodeAt(0))),
    )
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : undefined
  } catch (error) {
    // What a person pastes can be anything.
    if (error instanceof SyntaxError || error instanceof DOMException) return undefined
    throw error
  }
}
