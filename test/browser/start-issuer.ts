import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { load } from './install.ts'

interface Token {
  payload: Record<string, unknown>
}

interface OAuth2Server {
  issuer: { url: string; keys: { generate: (algorithm: string) => Promise<unknown> } }
  service: {
    on: ((event: 'beforeTokenSigning', listener: (token: Token) => void) => void) &
      ((event: 'beforeRevoke', listener: (answer: object, request: IncomingMessage) => void) => void)
  }
  start: (port: number, host: string) => Promise<void>
  stop: () => Promise<void>
}

/**
 * Starts an OpenID Connect issuer that signs everybody in as one person. It checks the proof of PKCE.
 * @param claims what its tokens say
 * @param seconds how long they last
 * @returns its URL, and the tokens that it was to revoke
 */
export async function startIssuer(
  t: Test,
  claims: Record<string, unknown>,
  seconds = 3600,
): Promise<{ url: string; revoked: (string | null)[] }> {
  const name = 'oauth2-mock-server/dist/index.mjs'
  const { OAuth2Server } = await load<{ OAuth2Server: new () => OAuth2Server }>(name)
  const server = new OAuth2Server()
  await server.issuer.keys.generate('RS256')
  server.service.on('beforeTokenSigning', ({ payload }) =>
    Object.assign(payload, claims, { exp: Number(payload.iat) + seconds }),
  )
  const revoked: (string | null)[] = []
  server.service.on('beforeRevoke', async (_answer, request) =>
    revoked.push(new URLSearchParams(await text(request)).get('token')),
  )
  await server.start(0, '127.0.0.1')
  t.teardown(() => server.stop())
  return { url: server.issuer.url, revoked }
}
