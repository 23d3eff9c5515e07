import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import { type EndOfDayDeps, serveEndOfDay } from './end-of-day-route.ts'
import { serveSchedules } from './schedules-route.ts'

/** The scheduler as an HTTP application, for operators; it is not listening yet. */
export async function buildApp(
  deps: EndOfDayDeps,
  options: Pick<ServerOptions, 'log' | 'auth' | 'checks'>,
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook scheduler',
    description: 'Says when a day is over in a time zone, on the topic daybook.clock.',
  })
  serveEndOfDay(app, deps, options.auth.defaultTimeZone)
  serveSchedules(app, deps.schedules)
  return app
}
