import type { App, ServerOptions } from '@daybook/shared/http'

/** Serves the OpenAPI document of all services, which the page at `/docs` shows. */
export function serveDocument(app: App, whole: NonNullable<ServerOptions['wholeDocument']>): void {
  app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, () => whole(app.swagger()))
}
