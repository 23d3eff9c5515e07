import { letterGauge, parkedCounter } from '@daybook/shared/dead-letter-api/metrics'
import { openLetterRoutes } from '@daybook/shared/dead-letter-api/open-letter-routes'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { topics } from '@daybook/shared/events'
import { authFrom, clientsFrom, listen, makeWaiters } from '@daybook/shared/http'
import { incidentTopic } from '@daybook/shared/incidents/incident-events'
import { waitingLetters, waitingOutboxes } from '@daybook/shared/incidents/waiting-work'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { openRates } from '@daybook/shared/operator-api/rate-store'
import { sweepLease, waitingEvents } from '@daybook/shared/outbox'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { apartMetrics } from './apart/metrics.ts'
import { openRemoveLetters } from './apart/remove-letters.ts'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { prepareConsumers } from './consumers.ts'
import { forgetWith } from './erasure/forget-store.ts'
import { lateRequestTopic, logRequestTopic } from './logs/log-requests.ts'
import { agedFiles } from './old-days/aged-files.ts'
import { openFormerNames } from './old-days/former-names-store.ts'
import { startTidying } from './old-days/tidy.ts'
import { startPace } from './pace/pace.ts'
import { openWriterLimits } from './pace/writer-limit-store.ts'
import { openGenerations } from './projection/generation-store.ts'
import { projectionPosition } from './projection/position.ts'
import { openDayCounts } from './projection-reads/day-counts-store.ts'
import { openTaskDays } from './projection-reads/task-days-store.ts'
import { openUserDays } from './projection-reads/user-days-store.ts'
import { countedStores } from './rates/counted-stores.ts'
import { openRebuilds } from './rebuild/rebuild-ports.ts'
import { watchRebuild } from './rebuild/watch-rebuild.ts'
import { openRoles } from './roles/open-roles.ts'
import { openStores } from './roles/open-stores.ts'
import type { Ports } from './roles/ports.ts'
import { waitingRuns } from './runs/waiting-runs.ts'
import { startAlarms } from './start-alarms.ts'
import { openTarget } from './targets/open-target.ts'

const ownTopics = [logRequestTopic, lateRequestTopic]

runService('reporting', process.env, async service => {
  const config = readConfig(process.env)
  const { files: target, manifests } = await openTarget(config, {
    ...service,
    writes: config.roles.has('writers'),
  })
  const usedTopics = [topics.tasks, topics.clock, topics.reports, incidentTopic, ...ownTopics]
  const { mongo, kafka } = await connect(service, config, usedTopics)
  const metrics = new Registry()
  const writerLimits = openWriterLimits(mongo)
  const pace = startPace(writerLimits, service.fail)
  service.closing.defer(pace.stop)
  const rates = await openRates(mongo, 'reporting', service)
  service.closing.defer(rates.stop)
  const opened = await openStores(mongo)
  const stores = { ...opened, ...countedStores(opened, rates) }
  const generations = openGenerations(mongo)
  const ports: Ports = {
    ...service,
    ...stores,
    kafka,
    projectedOffsets: projectionPosition(kafka, generations),
    files: agedFiles(target, stores.logAges),
    manifests,
    waiters: makeWaiters(service.log, stores.reruns.doneAmong),
    parkFor: openDeadLetters(mongo, parkedCounter(metrics)),
    removeLetters: await openRemoveLetters(mongo),
    forget: forgetWith(mongo),
    sweepLease: collection => sweepLease(mongo, collection),
    taskFiles: config.TASK_FILES,
    pace,
    logTimeLimit: config.LOG_TIME_LIMIT_SECONDS * 1000,
    runDeadline: config.RUN_DEADLINE_SECONDS * 1000,
  }
  const { own, all, wakeReruns } = await openRoles(ports, config.roles)
  if (config.roles.has('projection')) watchRebuild(openRebuilds(mongo), ports)

  const { log, closing } = service
  const consumers = prepareConsumers(kafka, own, closing)
  const letters = await openLetterRoutes(mongo, all)
  letterGauge(metrics, letters)
  const outboxes = [
    { name: 'runs', waiting: waitingEvents(mongo, 'runs') },
    // Amendments wait for the report of their day.
    { name: 'user_logs', waiting: waitingEvents(mongo, 'user_logs'), within: ports.runDeadline },
  ]
  const alarms = startAlarms({ ...ports, generations, letters, metrics, outboxes })
  const waiting = [waitingRuns(ports.runs), waitingOutboxes(outboxes), waitingLetters(letters)]
  apartMetrics(metrics, ports.logsApart)
  if (config.roles.has('writers')) {
    const mayTidy = ports.sweepLease('log_ages')
    const days = { retention: config.LOG_RETENTION_DAYS, gzipAfter: config.LOG_GZIP_AFTER_DAYS }
    const old = { ages: stores.logAges, formerNames: openFormerNames(mongo) }
    const tidying = startTidying({ ...days, ...old, files: target, mayTidy, log }, service)
    closing.defer(() => tidying.stop())
  }
  kafkaMetrics(metrics, kafka)
  const checks = { mongodb: () => pingMongo(mongo), kafka: kafka.trouble, ...consumers.checks }
  const options = {
    log,
    auth: authFrom(config),
    clients: clientsFrom(config),
    checks,
    consumers: kafka.consumers,
    metrics,
  }
  const people = {
    dayCounts: openDayCounts(mongo),
    taskDays: openTaskDays(mongo),
    userDays: openUserDays(mongo),
  }
  const served = { ...ports, ...people, letters, alarms, waiting, rates, wakeReruns, writerLimits, pace }
  const app = await buildApp(served, options)
  closing.defer(() => app.close())
  await listen(app, config)

  // Last, because it may take long.
  await consumers.start()
})
