import { SignJWT } from 'jose'
import type { Logger } from 'pino'
import type { Test } from 'tap'
import { Type } from 'typebox'
import {
  type App,
  type AuthOptions,
  buildServer,
  type Checks,
  type Consumers,
  type Limits,
  problems,
  type ServerOptions,
} from '../../src/http/index.ts'
import { AUTH_SECRET, silent, token } from '../support/index.ts'

interface Given {
  auth?: Partial<AuthOptions>
  checks?: Checks
  consumers?: Consumers
  log?: Logger
  /** The value that the route /fails throws. */
  failure?: unknown
  limits?: Limits
  clients?: ServerOptions['clients']
}

const Note = Type.Object(
  { text: Type.String({ minLength: 1 }), stars: Type.Integer() },
  { additionalProperties: false },
)

/** Makes a server with some routes of each kind. It answers injected requests and does not listen. */
export async function makeApp(
  t: Test,
  { auth, checks = {}, consumers, log = silent, failure, limits, clients }: Given = {},
): Promise<App> {
  const key = { secret: AUTH_SECRET }
  const options = { key, defaultTimeZone: 'Europe/Berlin', ...auth }
  const app = await buildServer({
    title: 'Test',
    description: 'Of the tests',
    log,
    auth: options,
    checks,
    ...(consumers === undefined ? {} : { consumers }),
    ...(clients === undefined ? {} : { clients }),
    ...(limits === undefined ? {} : { limits }),
  })
  t.teardown(() => app.close())
  app.get('/me', async request => request.user)
  app.get('/trace', async request => ({ traceparent: request.traceparent }))
  app.get('/admin', { config: { admin: true } }, async () => 'ok')
  app.get('/fails', async () => {
    throw failure
  })
  app.post('/done', async () => 'done')
  app.delete('/done', async () => 'done')
  app.get('/by/:name', async request => request.params)
  const querystring = Type.Object({
    limit: Type.Optional(Type.Integer({ maximum: 200 })),
    word: Type.Optional(Type.String()),
  })
  app.get(
    '/list',
    { schema: { querystring, response: { 200: Type.Any(), ...problems() } } },
    async ({ query }) => query,
  )
  app.post(
    '/notes',
    { schema: { body: Note, response: { 200: Note, ...problems() } } },
    async ({ body }) => body,
  )
  return app
}

/** Makes a token with the given claims, valid by default. */
export function signed(claims: Record<string, unknown>, secret = AUTH_SECRET): Promise<string> {
  return new SignJWT({ sub: 'alice', exp: Math.floor(Date.now() / 1000) + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret))
}

export const bearer = (jwt: string) => ({ authorization: `Bearer ${jwt}` })

/** The headers of a valid request. */
export const asAlice = async () => bearer(await token('alice'))
