import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import { serveCommands } from './command-routes.ts'
import type { EventStore } from './event-store.ts'
import type { HandleCommand } from './handle-command.ts'
import { serveQueries } from './query-routes.ts'
import type { TaskView } from './view-store.ts'

/** The tasks service as an HTTP application; it is not listening yet. */
export async function buildApp(
  deps: { handle: HandleCommand; store: EventStore; view: TaskView },
  options: Pick<ServerOptions, 'log' | 'auth' | 'checks' | 'metrics'>,
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook tasks',
    description: "Keeps people's tasks. Every change is an event, published on the topic daybook.tasks.",
  })
  serveCommands(app, deps.handle)
  serveQueries(app, deps)
  return app
}
