import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import type { FiringDeps } from './firing/fire-due.ts'
import { serveCommands } from './http/commands.ts'
import { serveEndOfDay } from './http/end-of-day.ts'
import { serveQueries } from './http/queries.ts'

/**
 * The scheduler as an HTTP application, for operators; it is not listening yet.
 * @param minInterval the least time between two slots of an operator's schedule, in milliseconds
 */
export async function buildApp(
  deps: FiringDeps,
  {
    minInterval,
    ...options
  }: Pick<ServerOptions, 'log' | 'auth' | 'checks' | 'metrics'> & { minInterval: number },
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook scheduler',
    description:
      'Says when a day is over in a time zone, and fires what operators schedule, on the topic daybook.clock.',
  })
  const { defaultTimeZone } = options.auth
  serveEndOfDay(app, deps, defaultTimeZone)
  serveQueries(app, deps.schedules)
  serveCommands(app, deps, { defaultTimeZone, minInterval })
  return app
}
