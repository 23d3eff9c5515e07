import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import { serveDeadLetters } from '@daybook/shared/dead-letter-api/serve-dead-letters'
import { type App, buildServer, type ServerOptions, type Waiters } from '@daybook/shared/http'
import type { AlarmSource } from '@daybook/shared/incidents/alarm'
import type { WaitingSource } from '@daybook/shared/incidents/waiting-work'
import type { Rates } from '@daybook/shared/operator-api/rate-store'
import { serveAlarms } from '@daybook/shared/operator-api/serve-alarms'
import { serveRates } from '@daybook/shared/operator-api/serve-rates'
import { serveWaiting } from '@daybook/shared/operator-api/serve-waiting'
import { type CompletionDeps, serveCompletions } from './http/completions/completion-routes.ts'
import { type DayLogDeps, serveDayLog } from './http/day-log.ts'
import { serveDays } from './http/days.ts'
import { type MonthDeps, serveMonth } from './http/month.ts'
import { serveProgress } from './http/progress-routes.ts'
import { type RerunRoutes, serveReruns } from './http/reruns/rerun-routes.ts'
import { serveRunLogs } from './http/run-logs.ts'
import { type RunDeps, serveRuns } from './http/runs.ts'
import { serveWriterLimit } from './http/writer-limit.ts'
import type { LogFiles } from './logs/log-files.ts'
import type { Pace } from './pace/pace.ts'
import type { WriterLimits } from './pace/writer-limit-store.ts'
import { rateNames } from './rates/counted-stores.ts'

/** Builds the HTTP application of the reporting service. It does not listen yet. */
export async function buildApp(
  deps: DayLogDeps &
    CompletionDeps &
    MonthDeps &
    RunDeps &
    RerunRoutes & {
      files: LogFiles
      letters: LetterRoutes
      alarms: readonly AlarmSource[]
      waiting: readonly WaitingSource[]
      rates: Pick<Rates, 'read'>
      waiters: Waiters
      writerLimits: WriterLimits
      pace: Pick<Pace, 'use'>
    },
  options: Pick<ServerOptions, 'log' | 'auth' | 'clients' | 'checks' | 'consumers' | 'metrics'>,
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook reporting',
    description: 'The tasks that were completed on each day, and the log files of each day.',
  })
  serveMonth(app, deps)
  serveDays(app, deps)
  serveDayLog(app, deps)
  serveCompletions(app, deps)
  serveRuns(app, deps)
  serveRunLogs(app, deps)
  serveWriterLimit(app, { limits: deps.writerLimits, pace: deps.pace })
  serveReruns(app, deps)
  serveProgress(app, deps)
  // Requests that wait for a rerun are answered at once, so that the server can close.
  app.addHook('preClose', async () => deps.waiters.stop())
  serveDeadLetters(app, deps.letters)
  serveAlarms(app, deps.alarms)
  serveWaiting(app, deps.waiting)
  serveRates(app, deps.rates, rateNames)
  return app
}
