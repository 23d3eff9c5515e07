import { parkedCounter } from '@daybook/shared/dead-letter-api/metrics'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { jobTopics, topics } from '@daybook/shared/events'
import { authFrom, clientsFrom, listen } from '@daybook/shared/http'
import { incidentTopic } from '@daybook/shared/incidents/incident-events'
import { waitingLetters, waitingOutboxes } from '@daybook/shared/incidents/waiting-work'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { openRates } from '@daybook/shared/operator-api/rate-store'
import { sweepLease, waitingEvents } from '@daybook/shared/outbox'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'
import { fireDue } from './firing/fire-due.ts'
import { scheduleMetrics } from './firing/metrics.ts'
import { publishingTrouble, startClockRelay } from './firing/outbox-relay.ts'
import { startTicker } from './firing/ticker.ts'
import { incidentsConsumer, incidentsGroup } from './mail/incidents-consumer.ts'
import { openMailer } from './mail/mailer.ts'
import { tellByMail } from './mail/tell-by-mail.ts'
import { countJobs } from './rates/count-rates.ts'
import { startForgetting } from './retention/forget-idle.ts'
import { openSchedules } from './schedules/schedule-store.ts'
import { startAlarms } from './start-alarms.ts'
import { startConsumers } from './start-consumers.ts'
import { startJobs } from './start-jobs.ts'
import { openUnreadDays } from './unread-days/unread-day-store.ts'

runService('scheduler', process.env, async service => {
  const { log, closing, fail } = service
  const config = readConfig(process.env)
  const used = [topics.clock, incidentTopic, ...Object.values(jobTopics)]
  const { mongo, kafka } = await connect(service, config, used)

  const schedules = await openSchedules(mongo, config.timeZones, new Date())
  const unread = await openUnreadDays(mongo)
  const rates = await openRates(mongo, 'scheduler', service)
  closing.defer(rates.stop)
  const relay = startClockRelay(schedules, kafka, {
    ...{ log, fail, maySweep: sweepLease(mongo, 'schedules') },
    async notePublished(ends) {
      rates.count('days', ends.length)
      const days = ends.map(({ data }) => data)
      await unread.add(days, new Date())
    },
  })
  closing.defer(() => relay.stop())
  const [deadline, minInterval] = [
    config.DAY_CLOSE_DEADLINE_SECONDS * 1000,
    config.SCHEDULE_MIN_INTERVAL_SECONDS * 1000,
  ]
  const metrics = new Registry()
  kafkaMetrics(metrics, kafka)
  const countFired = scheduleMetrics(metrics, schedules, deadline)
  const count: typeof countFired = (series, tally) => {
    countFired(series, tally)
    rates.count('fired', tally.fired)
  }
  const deps = { schedules, relay, count, log }
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
  const forgetting = startForgetting(schedules, config.SCHEDULE_RETENTION_DAYS * 86_400_000, { log, fail })
  closing.defer(() => forgetting.stop())

  const parkFor = openDeadLetters(mongo, parkedCounter(metrics))
  const jobs = await startJobs(service, { mongo, kafka, mailer, metrics, parkFor, config })
  isAlone = jobs.base.quiet.isAlone
  countJobs(jobs.base.signals, rates)
  const teller = tellByMail(mailer)
  const incidents = incidentsConsumer(teller, { park: parkFor(incidentsGroup), log })
  const consumers = [...jobs.consumers, incidents]
  const { letters, ...consuming } = await startConsumers(service, { mongo, kafka, metrics, consumers })

  const outboxes = ['schedules', 'jobs', 'job_groups'].map(name => ({
    name,
    waiting: waitingEvents(mongo, name),
  }))
  const ofJobs = [mailer.failedJobs, ...jobs.alarms]
  const watched = { schedules, unread, kafka, letters, outboxes, ofJobs }
  const alarms = startAlarms(service, { ...watched, teller, metrics, config })

  const waiting = [jobs.waiting, waitingOutboxes(outboxes), waitingLetters(letters)]

  const checks = {
    ...consuming.checks,
    mongodb: () => pingMongo(mongo),
    kafka: kafka.trouble,
    ticks: ticker.trouble,
    publishing: () => publishingTrouble(schedules),
  }
  const app = await buildApp(deps, {
    log,
    auth: authFrom(config),
    clients: clientsFrom(config),
    checks,
    consumers: kafka.consumers,
    metrics,
    minInterval,
    jobs,
    letters,
    alarms,
    waiting,
    rates,
  })
  closing.defer(() => app.close())
  app.addHook('onResponse', async ({ method }) => {
    if (method !== 'GET') ticker.wake()
  })
  await listen(app, config)
})
