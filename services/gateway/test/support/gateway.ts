import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { AUTH_SECRET, silent } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { buildApp, type Deps } from '../../src/app.ts'
import { type Addresses, serviceNames } from '../../src/services.ts'
import type { CodeStore } from '../../src/sign-in/code-store.ts'

/** An origin on which nothing listens. */
export const NOWHERE = 'http://127.0.0.1:9'

/** Starts a server that stands for a service. Its connections end with the test. */
export async function startFake(t: Test, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Answers with what arrived. */
export const echo =
  (name: string): RequestListener =>
  async (request, response) => {
    const { method, url, headers } = request
    response.writeHead(200, { 'content-type': 'application/json', etag: '"7"', ratelimit: '"user";r=1;t=1' })
    response.end(JSON.stringify({ name, method, url, headers, body: await text(request) }))
  }

/** What `echo` answers. */
export interface Echo {
  name: string
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** Codes in memory. */
function memoryCodes(): CodeStore {
  const codes = new Map<string, { sealed: string; expiresAt: Date }>()
  return {
    async keep({ id, sealed }, expiresAt) {
      codes.set(id, { sealed, expiresAt })
    },
    async take(id, now) {
      const found = codes.get(id)
      codes.delete(id)
      return found !== undefined && found.expiresAt > now ? found.sealed : undefined
    },
  }
}

/** Starts a gateway in this process, without servers. @param given the services; by default nothing answers */
export async function startGateway(
  t: Test,
  given: Partial<Addresses> = {},
  deps: Partial<Omit<Deps, 'addresses'>> = {},
  log = silent,
) {
  const addresses = Object.fromEntries(serviceNames.map(name => [name, given[name] ?? NOWHERE])) as Addresses
  const app = await buildApp(
    {
      addresses,
      codes: memoryCodes(),
      parts: { states: () => [] },
      events: { hub: () => undefined },
      console: { dir: t.testdirName, oidc: null, origins: [], timeZone: 'UTC', version: '1.2.3' },
      ...deps,
    },
    { log, auth: { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }, checks: {} },
  )
  t.teardown(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, url }
}
