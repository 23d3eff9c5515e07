import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import { wholeDocument } from './document/read-documents.ts'
import { serveDocument } from './document/serve-document.ts'
import { openForwarding } from './proxy/forward.ts'
import { serveProxy } from './proxy/proxy-routes.ts'
import type { Addresses } from './services.ts'

/** Makes the HTTP application of the gateway. It does not listen yet. */
export async function buildApp(
  { addresses }: { addresses: Addresses },
  options: Pick<ServerOptions, 'log' | 'auth' | 'clients' | 'checks' | 'consumers' | 'metrics'>,
): Promise<App> {
  const whole = wholeDocument(addresses, options.log)
  const app = await buildServer({
    ...options,
    title: 'Daybook',
    description:
      'All of Daybook behind one address: the console, the events as they happen, and the services.',
    wholeDocument: whole,
  })
  serveDocument(app, whole)
  await serveProxy(app, openForwarding(addresses))
  return app
}
