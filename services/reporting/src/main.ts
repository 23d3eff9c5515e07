import { blockedGauge } from '@daybook/shared/blocks'
import { loadConfig } from '@daybook/shared/config'
import { connect } from '@daybook/shared/connect'
import { type Envelope, keyOf, type ReportEvent, toMessage, topics } from '@daybook/shared/events'
import { authFrom, listen } from '@daybook/shared/http'
import type { ConsumerOptions, RunningConsumer } from '@daybook/shared/kafka'
import { pingMongo } from '@daybook/shared/mongo'
import { waitOut } from '@daybook/shared/outage'
import { embeddedOutbox, startRelay, sweepLease } from '@daybook/shared/outbox'
import { runService } from '@daybook/shared/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { openCompletions } from './completions.ts'
import { settings } from './config.ts'
import { openDeadLetters } from './dead-letters.ts'
import { clockGroup, endOfDays } from './end-of-days.ts'
import { jobTopic } from './jobs.ts'
import { openLogFiles } from './log-files.ts'
import { logWriter, writerGroup } from './log-writer.ts'
import { runMetrics } from './metrics.ts'
import { projectionGroup, projector } from './projector.ts'
import { adoptRenamed, EVERY_DAY, watchRenamed } from './renamed-zones.ts'
import { startRunLoop } from './run-loop.ts'
import { openRuns } from './runs.ts'
import { openUserLogs } from './user-logs.ts'

runService('reporting', process.env, async service => {
  const { log, closing, fail, signal } = service
  const config = loadConfig(settings, process.env)
  const files = await openLogFiles(config.LOG_DIR)
  const { mongo, kafka } = await connect(service, config, {
    clientId: 'daybook-reporting',
    topics: [topics.tasks, topics.clock, topics.reports, jobTopic],
  })

  const completions = await openCompletions(mongo)
  const runs = await openRuns(mongo)
  const userLogs = await openUserLogs(mongo)
  const parkFor = openDeadLetters(mongo)

  const publish = (events: Envelope[]) => {
    const reports = events as ReportEvent[]
    return kafka.publish(
      topics.reports.name,
      reports.map(event => toMessage(event, keyOf.reports(event))),
    )
  }
  const runOutbox = embeddedOutbox(runs.collection, publish)
  const runRelay = startRelay(runOutbox, { log, fail, maySweep: sweepLease(mongo, 'runs') })
  closing.defer(() => runRelay.stop())
  const logOutbox = embeddedOutbox(userLogs.collection, publish)
  const logRelay = startRelay(logOutbox, { log, fail, maySweep: sweepLease(mongo, 'user_logs') })
  closing.defer(() => logRelay.stop())
  const renaming = { connection: mongo, runs, kafka }
  const atStart = { ...renaming, wakeRuns: () => undefined }
  await waitOut('renaming time zones', () => adoptRenamed(atStart, EVERY_DAY), { log, signal })
  const loop = startRunLoop({ runs, completions, userLogs, kafka, relay: runRelay, log }, { signal, fail })
  closing.defer(() => loop.stop())
  const wakeRuns = loop.wake
  const watch = watchRenamed({ ...renaming, wakeRuns }, { log, signal, fail })
  closing.defer(() => watch.stop())

  const taskFiles = config.TASK_FILES
  const writer = { completions, userLogs, files, relay: logRelay, park: parkFor(writerGroup), taskFiles }
  const consumers = [
    projector({ completions, runs, kafka, park: parkFor(projectionGroup), wakeRuns }),
    endOfDays({ runs, completions, park: parkFor(clockGroup), wakeRuns }),
    logWriter(writer),
  ]
  const running = new Map<string, RunningConsumer>()
  const troubleOf = (group: string) => (running.has(group) ? running.get(group)?.trouble() : 'starting')
  const consuming = consumers.map(({ group }) => [group, () => troubleOf(group)])
  const checks = { mongodb: () => pingMongo(mongo), kafka: kafka.trouble, ...Object.fromEntries(consuming) }
  const metrics = new Registry()
  runMetrics(metrics, runs, config.RUN_DEADLINE_SECONDS * 1000)
  blockedGauge(metrics, 'daybook_blocked', kafka.blocks)
  const options = { log, auth: authFrom(config), checks, metrics }
  const app = await buildApp({ completions, runs, userLogs, files }, options)
  closing.defer(() => app.close())
  await listen(app, config)

  // Last, and side by side: after a crash they get their partitions only when the dead process's time has run out.
  const start = async (options: ConsumerOptions) => {
    const consumer = await kafka.consume(options)
    closing.defer(consumer.stop)
    running.set(options.group, consumer)
  }
  await Promise.all(consumers.map(start))
})
