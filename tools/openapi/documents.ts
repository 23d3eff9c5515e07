import { jobTopics, topics } from '@daybook/shared/events'
import type { App, ServerOptions } from '@daybook/shared/http'
import { incidentTopic } from '@daybook/shared/incidents/incident-events'
import { pino } from 'pino'
import { buildApp as buildGateway } from '../../services/gateway/src/app.ts'
import { buildApp as buildReporting } from '../../services/reporting/src/app.ts'
import * as reporting from '../../services/reporting/src/groups.ts'
import { lateRequestTopic, logRequestTopic } from '../../services/reporting/src/logs/log-requests.ts'
import { buildApp as buildScheduler } from '../../services/scheduler/src/app.ts'
import { resultsGroup } from '../../services/scheduler/src/jobs/outcomes/results-consumer.ts'
import { requestsGroup } from '../../services/scheduler/src/jobs/requests/requests-consumer.ts'
import { incidentsGroup } from '../../services/scheduler/src/mail/incidents-consumer.ts'
import { barrierGroup } from '../../services/tasks/src/barrier/announce-published.ts'
import { buildApp as buildTasks } from '../../services/tasks/src/http/app.ts'

const options: Pick<ServerOptions, 'log' | 'auth' | 'checks' | 'consumers'> = {
  log: pino({ level: 'silent' }),
  auth: { key: { secret: '' }, defaultTimeZone: 'UTC' },
  checks: {},
  consumers: () => [],
}

/** Stands for what handlers of requests use, besides what is given: no request is sent. */
const besides = (given: Record<string, unknown>): never =>
  new Proxy(given, { get: (_, name) => given[String(name)] ?? unused }) as never
const unused: unknown = new Proxy(() => undefined, {
  get: (_, name) => (name === 'then' ? undefined : unused),
})

/** The routes of dead letters. Their filters list the consumer groups and their topics. */
const lettersOf = (groups: Record<string, string>) => besides({ topics: new Map(Object.entries(groups)) })

const builders = {
  tasks() {
    const letters = lettersOf({ [barrierGroup]: topics.clock.name })
    return buildTasks(besides({ letters }), options)
  },
  reporting() {
    const letters = lettersOf({
      [reporting.projectionGroup]: topics.tasks.name,
      [reporting.clockGroup]: topics.clock.name,
      [reporting.writerGroup]: logRequestTopic.name,
      [reporting.lateWriterGroup]: lateRequestTopic.name,
    })
    return buildReporting(besides({ letters }), options)
  },
  scheduler() {
    const letters = lettersOf({
      [resultsGroup]: jobTopics.results.name,
      [requestsGroup]: jobTopics.requests.name,
      [incidentsGroup]: incidentTopic.name,
    })
    const jobs = besides({ outcomes: { http: { base: unused } } })
    return buildScheduler(besides({}), {
      ...options,
      minInterval: 0,
      jobs,
      letters,
      alarms: [],
      waiting: [],
      rates: besides({}),
    })
  },
  gateway() {
    const console = { dir: import.meta.dirname, oidc: null, origins: [], version: '' }
    return buildGateway(besides({ console }), options)
  },
}

export type ServiceName = keyof typeof builders
export const serviceNames = Object.keys(builders) as ServiceName[]

/** Builds a service's HTTP application without its stores and Kafka. It serves the documentation, and no other request. */
export const buildApp = (service: ServiceName): Promise<App> => builders[service]()

/** Makes the OpenAPI document of a service, as it serves it at `/docs/json`. */
export async function documentOf(service: ServiceName) {
  const app = await buildApp(service)
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
