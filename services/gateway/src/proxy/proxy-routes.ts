import type { App } from '@daybook/shared/http'
import type { RouteHandler } from 'fastify'
import type { Forwarding } from './forward.ts'
import { operatorPaths, parts } from './paths.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
// The services authenticate their requests, and describe their routes.
const route = { config: { public: true }, schema: { hide: true } }
const operatorRoute = { config: { admin: true }, schema: { hide: true } }

/** Forwards the paths of the services. Bodies pass as they are: the services read and validate them. */
export async function serveProxy(app: App, { forward, end, close }: Forwarding): Promise<void> {
  await app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    for (const part of parts) {
      const handler: RouteHandler = (request, reply) => forward(request, reply, part)
      for (const url of [part.path, `${part.path}/*`])
        scope.route({ ...route, method: methods, url, handler })
      for (const url of operatorPaths(part)) scope.route({ ...operatorRoute, method: 'GET', url, handler })
    }
  })
  app.addHook('preClose', async () => end())
  app.addHook('onClose', close)
}
