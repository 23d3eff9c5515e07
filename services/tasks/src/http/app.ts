import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import { serveDeadLetters } from '@daybook/shared/dead-letter-api/serve-dead-letters'
import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import type { AlarmSource } from '@daybook/shared/incidents/alarm'
import type { WaitingSource } from '@daybook/shared/incidents/waiting-work'
import type { Rates } from '@daybook/shared/operator-api/rate-store'
import { serveAlarms } from '@daybook/shared/operator-api/serve-alarms'
import { serveRates } from '@daybook/shared/operator-api/serve-rates'
import { serveWaiting } from '@daybook/shared/operator-api/serve-waiting'
import type { CreateTask } from '../commands/create-once.ts'
import type { HandleCommand } from '../commands/handle-command.ts'
import type { EventStore } from '../events/event-store.ts'
import type { EventHistory } from '../events/history-store.ts'
import { rateNames } from '../rates/counted.ts'
import type { TaskView } from '../view/view-store.ts'
import { serveChanges } from './change-routes.ts'
import { serveCommands } from './commands/command-routes.ts'
import { serveContract } from './contract-routes.ts'
import { serveDeleted } from './deleted-routes.ts'
import { type ErasureRoutes, serveErasures } from './erasure-routes.ts'
import { serveHistory } from './history-routes.ts'
import { serveQueries } from './query-routes.ts'

/** Makes the HTTP application of the tasks service. It does not listen yet. */
export async function buildApp(
  deps: {
    create: CreateTask
    handle: HandleCommand
    store: EventStore
    view: TaskView
    letters: LetterRoutes
    alarms: readonly AlarmSource[]
    waiting: readonly WaitingSource[]
    rates: Pick<Rates, 'read'>
    history: EventHistory
    erasing: ErasureRoutes
  },
  options: Pick<ServerOptions, 'log' | 'auth' | 'clients' | 'checks' | 'consumers' | 'metrics'>,
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook tasks',
    description: "Stores people's tasks. Every change of a task is an event on the topic daybook.tasks.",
  })
  serveCommands(app, deps)
  serveQueries(app, deps)
  serveDeleted(app, deps.view)
  serveHistory(app, deps.history)
  serveChanges(app, deps.view)
  serveErasures(app, deps.erasing)
  app.addHook('preClose', async () => deps.erasing.waiters.stop())
  serveDeadLetters(app, deps.letters)
  serveAlarms(app, deps.alarms)
  serveWaiting(app, deps.waiting)
  serveRates(app, deps.rates, rateNames)
  serveContract(app)
  return app
}
