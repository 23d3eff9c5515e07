import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import { serveDeadLetters } from '@daybook/shared/dead-letter-api/serve-dead-letters'
import { type App, buildServer, type ServerOptions } from '@daybook/shared/http'
import type { AlarmSource } from '@daybook/shared/incidents/alarm'
import type { WaitingSource } from '@daybook/shared/incidents/waiting-work'
import type { Rates } from '@daybook/shared/operator-api/rate-store'
import { serveAlarms } from '@daybook/shared/operator-api/serve-alarms'
import { serveRates } from '@daybook/shared/operator-api/serve-rates'
import { serveWaiting } from '@daybook/shared/operator-api/serve-waiting'
import type { FiringDeps } from './firing/fire-due.ts'
import { serveCommands } from './http/commands.ts'
import { serveEndOfDay } from './http/end-of-day.ts'
import { serveQueries } from './http/queries.ts'
import { serveJobs } from './jobs/http/jobs/serve-jobs.ts'
import { serveKinds } from './jobs/http/kinds/kind-routes.ts'
import { serveLimits } from './jobs/http/kinds/limit-routes.ts'
import { serveWorkerRoutes } from './jobs/http/workers/serve-workers.ts'
import { rateNames } from './rates/count-rates.ts'
import type { Jobs } from './start-jobs.ts'

/**
 * Builds the scheduler's HTTP application for operators. The caller makes it listen.
 * @param options.minInterval the shortest allowed time between two slots of an operator's schedule, in milliseconds
 * @param options.jobs absent: without the routes of jobs
 * @param options.letters absent: without the routes of dead letters
 * @param options.alarms absent: without GET /alarms
 * @param options.waiting absent: without GET /waiting
 * @param options.rates absent: without GET /rates
 */
export async function buildApp(
  deps: FiringDeps,
  {
    minInterval,
    jobs,
    letters,
    alarms,
    waiting,
    rates,
    ...options
  }: Pick<ServerOptions, 'log' | 'auth' | 'clients' | 'checks' | 'consumers' | 'metrics'> & {
    minInterval: number
    jobs?: Jobs
    letters?: LetterRoutes
    alarms?: readonly AlarmSource[]
    waiting?: readonly WaitingSource[]
    rates?: Pick<Rates, 'read'>
  },
): Promise<App> {
  const app = await buildServer({
    ...options,
    title: 'Daybook scheduler',
    description:
      'Publishes to the topic daybook.clock when a day ends in a time zone, and when a schedule of an operator fires.',
  })
  const { defaultTimeZone } = options.auth
  serveEndOfDay(app, deps, defaultTimeZone)
  serveQueries(app, deps.schedules, jobs?.queries.reader)
  serveCommands(app, deps, {
    defaultTimeZone,
    minInterval,
    dataFaults: async job => jobs?.kinds.dataFaults(job.kind, job.data) ?? [],
  })
  if (letters !== undefined) serveDeadLetters(app, letters)
  if (alarms !== undefined) serveAlarms(app, alarms)
  if (waiting !== undefined) serveWaiting(app, waiting)
  if (rates !== undefined) serveRates(app, rates, rateNames)
  if (jobs !== undefined) {
    serveKinds(app, jobs.kinds, jobs.admission)
    serveLimits(app, jobs.kinds.limits)
    serveWorkerRoutes(app, jobs.outcomes, { kinds: jobs.kinds, claim: jobs.dispatching.claim })
    const { adding, groups, commands, queries } = jobs
    serveJobs(app, { adding, groups, ...commands, ...queries })
    // Requests that wait for an outcome are answered at once, so that the server can close.
    app.addHook('preClose', async () => queries.waiters.stop())
  }
  return app
}
