import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import type { FiringDeps } from './firing/fire-due.ts'
import { serveCommands } from './http/commands.ts'
import { serveEndOfDay } from './http/end-of-day.ts'
import { serveQueries } from './http/queries.ts'

/**
 * Builds the scheduler's HTTP application for operators. The caller makes it listen.
 * @param minInterval the shortest allowed time between two slots of an operator's schedule, in milliseconds
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
      'Publishes to the topic daybook.clock when a day ends in a time zone, and when a schedule of an operator fires.',
  })
  const { defaultTimeZone } = options.auth
  serveEndOfDay(app, deps, defaultTimeZone)
  serveQueries(app, deps.schedules)
  serveCommands(app, deps, { defaultTimeZone, minInterval })
  return app
}
