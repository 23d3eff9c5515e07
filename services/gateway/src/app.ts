import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import { type ConsoleOptions, serveConsole } from './console/serve-console.ts'
import { wholeDocument } from './document/read-documents.ts'
import { serveDocument } from './document/serve-document.ts'
import { serveEvents } from './events/event-routes.ts'
import type { EventReading } from './events/read-events.ts'
import { openForwarding } from './proxy/forward.ts'
import { serveProxy } from './proxy/proxy-routes.ts'
import type { Addresses } from './services.ts'
import type { CodeStore } from './sign-in/code-store.ts'
import { serveSignIn } from './sign-in/sign-in-routes.ts'
import { serveStatus } from './status/status-routes.ts'
import type { PartWatch } from './status/watch-parts.ts'

export interface Deps {
  addresses: Addresses
  codes: CodeStore
  parts: Pick<PartWatch, 'states'>
  events: Pick<EventReading, 'hub'>
  console: ConsoleOptions
}

/** Makes the HTTP application of the gateway. It does not listen yet. */
export async function buildApp(
  { addresses, codes, parts, events, console }: Deps,
  options: Pick<ServerOptions, 'log' | 'auth' | 'clients' | 'checks' | 'metrics'>,
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
  serveSignIn(app, codes)
  serveStatus(app, parts)
  serveEvents(app, events.hub)
  await serveConsole(app, console)
  await serveProxy(app, openForwarding(addresses))
  return app
}
