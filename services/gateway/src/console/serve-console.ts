import { stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { App } from '@daybook/shared/http'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'

/** The OpenID Connect client that the console is. */
export interface Oidc {
  issuer: string
  clientId: string
  scope: string
}

export interface ConsoleOptions {
  /** The folder of the built console. */
  dir: string
  /** Null: people sign in with a link or a token. */
  oidc: Oidc | null
  /** The origins to which the console may send requests besides that of the issuer. */
  origins: readonly string[]
  /** The time zone of the days of a person whose token has none. */
  timeZone: string
  version: string
}

const INDEX = 'index.html'
const route = { config: { public: true }, schema: { hide: true } }

/** Serves the console below `/ui/`. A path without a file there is a page of the console, which index.html shows. */
export async function serveConsole(
  app: App,
  { dir, oidc, origins, timeZone, version }: ConsoleOptions,
): Promise<void> {
  await app.register(fastifyStatic, { root: dir, serve: false, cacheControl: false })
  const policy = policyOf(oidc, origins)

  async function send(reply: FastifyReply, path: string): Promise<FastifyReply> {
    const wanted = (await isFile(dir, path)) ? path : INDEX
    // A missing file with a hash in its name is of another version: a page in its place would not help.
    const isHashed = path.startsWith('assets/')
    if ((isHashed && wanted === INDEX) || !(await isFile(dir, wanted))) throw missing(isHashed)
    reply.header('content-security-policy', policy)
    reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    return reply.sendFile(wanted)
  }

  app.get('/', route, (_request, reply) => reply.redirect('/ui/'))
  app.get('/ui', route, (_request, reply) => reply.redirect('/ui/'))
  app.get('/ui/', route, (_request, reply) => send(reply, INDEX))
  app.get<{ Params: { '*': string } }>('/ui/*', route, ({ params }, reply) => send(reply, params['*']))
  app.get('/ui/config.json', route, (_request, reply) => {
    reply.header('cache-control', 'no-cache')
    return { oidc, timeZone, version }
  })
}

/** The policy of the console: everything comes from here, and only requests to the issuer and its other origins go elsewhere. */
function policyOf(oidc: Oidc | null, origins: readonly string[]): string {
  const issuer = oidc === null ? [] : [new URL(oidc.issuer).origin]
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ["connect-src 'self'", ...issuer, ...origins].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join(';')
}

async function isFile(dir: string, path: string): Promise<boolean> {
  const file = join(dir, path)
  if (!file.startsWith(dir + sep)) return false
  try {
    return (await stat(file)).isFile()
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'].includes(code)) return false
    throw error
  }
}

const missing = (isHashed: boolean) =>
  new DaybookError(
    'DAYBOOK_ROUTE_NOT_FOUND',
    isHashed
      ? 'There is no such file of the console: load the page again'
      : 'The console is not built: run npm run -w @daybook/console build',
  )
