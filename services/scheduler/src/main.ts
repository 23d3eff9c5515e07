import { jobTopics, topics } from '@daybook/shared/events'
import { authFrom, listen } from '@daybook/shared/http'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { sweepLease } from '@daybook/shared/outbox'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { fireDue } from './firing/fire-due.ts'
import { scheduleMetrics } from './firing/metrics.ts'
import { publishingTrouble, startClockRelay } from './firing/outbox-relay.ts'
import { watchOverdue } from './firing/overdue-watch.ts'
import { startTicker } from './firing/ticker.ts'
import { openMailer } from './mail/mailer.ts'
import { startForgetting } from './retention/forget-idle.ts'
import { openSchedules } from './schedules/schedule-store.ts'
import { startJobs } from './start-jobs.ts'

runService('scheduler', process.env, async service => {
  const { log, closing, fail } = service
  const config = readConfig(process.env)
  const { mongo, kafka } = await connect(service, config, [topics.clock, ...Object.values(jobTopics)])

  const schedules = await openSchedules(mongo, config.timeZones, new Date())
  const relay = startClockRelay(schedules, kafka, { log, fail, maySweep: sweepLease(mongo, 'schedules') })
  closing.defer(() => relay.stop())
  const [deadline, minInterval] = [
    config.DAY_CLOSE_DEADLINE_SECONDS * 1000,
    config.SCHEDULE_MIN_INTERVAL_SECONDS * 1000,
  ]
  const metrics = new Registry()
  kafkaMetrics(metrics, kafka)
  const deps = { schedules, relay, count: scheduleMetrics(metrics, schedules, deadline), log }
  let isAlone = () => false
  const ticker = startTicker(now => fireDue(deps, now), {
    log,
    fail,
    nextDue: schedules.nextDue,
    isAlone: () => isAlone(),
  })
  closing.defer(() => ticker.stop())
  const mailer = await openMailer(mongo, config, { log, fail, metrics })
  closing.defer(() => mailer.stop())
  const watch = watchOverdue(schedules, deadline, { log, fail, mailer })
  closing.defer(() => watch.stop())
  const forgetting = startForgetting(schedules, config.SCHEDULE_RETENTION_DAYS * 86_400_000, { log, fail })
  closing.defer(() => forgetting.stop())

  const jobs = await startJobs(service, { mongo, kafka, mailer, metrics, config })

  isAlone = jobs.base.quiet.isAlone

  const checks = {
    ...jobs.checks,
    mongodb: () => pingMongo(mongo),
    kafka: kafka.trouble,
    ticks: ticker.trouble,
    publishing: () => publishingTrouble(schedules),
  }
  const app = await buildApp(deps, {
    log,
    auth: authFrom(config),
    checks,
    consumers: kafka.consumers,
    metrics,
    minInterval,
    jobs,
  })
  closing.defer(() => app.close())
  app.addHook('onResponse', async ({ method }) => {
    if (method !== 'GET') ticker.wake()
  })
  await listen(app, config)
})
