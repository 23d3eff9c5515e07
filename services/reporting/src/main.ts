import { loadConfig } from '@daybook/shared/config/load-config'
import { letterGauge, parkedCounter } from '@daybook/shared/dead-letter-api/metrics'
import { openLetterRoutes } from '@daybook/shared/dead-letter-api/open-letter-routes'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Envelope, keyOf, type ReportEvent, toMessage, topics } from '@daybook/shared/events'
import { waitOut } from '@daybook/shared/failures/outage'
import { authFrom, listen } from '@daybook/shared/http'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { startRelay, sweepLease } from '@daybook/shared/outbox'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { settings } from './config.ts'
import { prepareConsumers } from './consumers.ts'
import { clockGroup, projectionGroup } from './groups.ts'
import { openLogFiles } from './logs/log-files.ts'
import { lateRequestTopic, logRequestTopic } from './logs/log-requests.ts'
import { logWriter, requestSources } from './logs/log-writer.ts'
import { openUserLogs } from './logs/user-log-store.ts'
import { openCompletions } from './projection/completion-store.ts'
import { projector } from './projection/projector.ts'
import { adoptRenamed, EVERY_DAY } from './renamed-zones/adopt-renamed.ts'
import { openRenamedCompletions } from './renamed-zones/renamed-completion-store.ts'
import { openRenamedRuns } from './renamed-zones/renamed-run-store.ts'
import { watchRenamed } from './renamed-zones/watch-renamed.ts'
import { afterReports } from './runs/after-reports.ts'
import { openClosedDays } from './runs/closed-day-store.ts'
import { amendWith } from './runs/late-completions.ts'
import { runMetrics } from './runs/metrics.ts'
import { startRunLoop } from './runs/run-loop.ts'
import { openRuns } from './runs/run-store.ts'
import { endOfDays } from './runs/start-runs.ts'
import { watchOverdue } from './runs/watch-overdue.ts'

runService('reporting', process.env, async service => {
  const { log, closing, fail, signal } = service
  const config = loadConfig(settings, process.env)
  const files = await openLogFiles(config.LOG_DIR)
  const { mongo, kafka } = await connect(service, config, [
    topics.tasks,
    topics.clock,
    topics.reports,
    logRequestTopic,
    lateRequestTopic,
  ])

  const completions = await openCompletions(mongo)
  const runs = await openRuns(mongo)
  const closedDays = openClosedDays(mongo)
  const userLogs = await openUserLogs(mongo)
  const metrics = new Registry()
  const parkFor = openDeadLetters(mongo, parkedCounter(metrics))

  const publish = (events: Envelope[]) => {
    const reports = events as ReportEvent[]
    return kafka.publish(
      topics.reports.name,
      reports.map(event => toMessage(event, keyOf.reports(event))),
    )
  }
  const runRelay = startRelay(runs.outbox(publish), { log, fail, maySweep: sweepLease(mongo, 'runs') })
  closing.defer(() => runRelay.stop())
  const logRelay = startRelay(afterReports(userLogs.outbox(publish), runs), {
    log,
    fail,
    maySweep: sweepLease(mongo, 'user_logs'),
  })
  closing.defer(() => logRelay.stop())

  const renamed = { renamedRuns: openRenamedRuns(mongo), completions: openRenamedCompletions(mongo) }
  const adoptWith = (wakeRuns: () => void) => {
    const amend = amendWith({ runs, closedDays, kafka, wakeRuns })
    return { ...renamed, runs, closedDays, amend, wakeRuns }
  }
  const atStart = adoptWith(() => undefined)
  await waitOut('renaming time zones', () => adoptRenamed(atStart, EVERY_DAY), { log, signal })
  const relay = runRelay
  const loop = startRunLoop({ runs, closedDays, completions, userLogs, kafka, relay, log }, { signal, fail })
  closing.defer(() => loop.stop())
  const wakeRuns = loop.wake
  const adopting = adoptWith(wakeRuns)
  const watch = watchRenamed(adopting, { log, signal, fail })
  closing.defer(() => watch.stop())

  const taskFiles = config.TASK_FILES
  const writing = { completions, userLogs, files, kafka, relay: logRelay, taskFiles }
  const writers = requestSources.map(source => logWriter({ ...writing, park: parkFor(source.group) }, source))
  const { amend } = adopting
  const clock = { runs, closedDays, completions, park: parkFor(clockGroup), wakeRuns }
  const projection = { completions, park: parkFor(projectionGroup), amend }
  const handlers = [projector(projection), endOfDays(clock), ...writers]
  const consumers = prepareConsumers(kafka, handlers, closing)
  const letters = await openLetterRoutes(mongo, handlers)
  letterGauge(metrics, letters)
  const checks = { mongodb: () => pingMongo(mongo), kafka: kafka.trouble, ...consumers.checks }
  const deadline = config.RUN_DEADLINE_SECONDS * 1000
  runMetrics(metrics, runs, deadline)
  const overdue = watchOverdue(runs, deadline, { log, fail })
  closing.defer(() => overdue.stop())
  kafkaMetrics(metrics, kafka)
  const options = { log, auth: authFrom(config), checks, consumers: kafka.consumers, metrics }
  const app = await buildApp({ completions, runs, closedDays, userLogs, files, letters }, options)
  closing.defer(() => app.close())
  await listen(app, config)

  // Last, because it may take long.
  await consumers.start()
})
