import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import { serveEndOfDay } from './end-of-day-route.ts'
import type { Schedules } from './schedules.ts'
import { serveSchedules } from './schedules-route.ts'

/** What the routes need. */
export interface Deps {
  schedules: Schedules
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
}

/** The scheduler as an HTTP application, for operators; it is not listening yet. */
export async function buildApp(
  deps: Deps,
  options: Pick<ServerOptions, 'log' | 'auth' | 'checks'>,
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook scheduler',
    description: 'Says when a day is over in a time zone, on the topic daybook.clock.',
  })
  serveEndOfDay(app, deps, options.auth.defaultTimeZone)
  serveSchedules(app, deps)
  return app
}
