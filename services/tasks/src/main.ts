import { randomUUID } from 'node:crypto'
import { loadConfig } from '@daybook/shared/config/load-config'
import { letterGauge, parkedCounter } from '@daybook/shared/dead-letter-api/metrics'
import { openLetterRoutes } from '@daybook/shared/dead-letter-api/open-letter-routes'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { topics } from '@daybook/shared/events'
import { authFrom, clientsFrom, listen } from '@daybook/shared/http'
import { incidentTopic } from '@daybook/shared/incidents/incident-events'
import { waitingLetters, waitingOutboxes } from '@daybook/shared/incidents/waiting-work'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { openRates } from '@daybook/shared/operator-api/rate-store'
import { startRelay, sweepLease, waitingEvents } from '@daybook/shared/outbox'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { announcePublished, barrierGroup } from './barrier/announce-published.ts'
import { keepConsuming } from './barrier/keep-consuming.ts'
import { createOnce } from './commands/create-once.ts'
import { commandHandler } from './commands/handle-command.ts'
import { openKeys } from './commands/key-store.ts'
import { settings } from './config.ts'
import { openErasing } from './erasure/open-erasing.ts'
import { openEventStore } from './events/event-store.ts'
import { openHistory } from './events/history-store.ts'
import { openStoredIds } from './events/stored-ids-store.ts'
import { taskOutbox } from './events/task-outbox.ts'
import { buildApp } from './http/app.ts'
import { countedPublish, countedStore } from './rates/counted.ts'
import { openRebuilds } from './rebuild/rebuild-store.ts'
import { openViews } from './rebuild/views-store.ts'
import { watchRebuild } from './rebuild/watch-rebuild.ts'
import { eventOutbox, startAlarms } from './start-alarms.ts'
import { publishStates, stateGroup } from './state/publish-states.ts'
import { openRenewal } from './view/renew-store.ts'
import { openTaskView } from './view/view-store.ts'
import { watchEarlier } from './view/watch-earlier.ts'

runService('tasks', process.env, async service => {
  const { log, closing, fail, signal } = service
  const config = loadConfig(settings, process.env)
  const used = [topics.tasks, topics.clock, topics.taskStates, incidentTopic]
  const { mongo, kafka } = await connect(service, config, used)

  const rates = await openRates(mongo, 'tasks', { log, fail })
  closing.defer(rates.stop)
  const store = countedStore(await openEventStore(mongo), rates)
  const view = await openTaskView(mongo)
  closing.defer(watchEarlier(openRenewal(mongo), { log, fail, signal }).stop)
  const outbox = taskOutbox({ store, view, kafka: countedPublish(kafka, rates) })
  const relay = startRelay(outbox, { log, fail, maySweep: sweepLease(mongo, 'events') })
  closing.defer(() => relay.stop())
  const metrics = new Registry()
  const parkOf = openDeadLetters(mongo, parkedCounter(metrics))
  const consumers = [
    announcePublished({ store, kafka, park: parkOf(barrierGroup), log }),
    publishStates({ store, view, kafka, park: parkOf(stateGroup), log }),
  ]
  for (const consumer of consumers) closing.defer(keepConsuming(kafka, consumer, { log, signal }))

  const rebuilds = { rebuilds: openRebuilds(mongo), views: openViews(mongo), ids: openStoredIds(mongo) }
  watchRebuild({ ...rebuilds, store, owner: randomUUID(), log, signal }, service)

  const handle = commandHandler({ store, view, relay })
  const create = createOnce({ handle, store, reserve: await openKeys(mongo) })
  const erasing = await openErasing({ mongo, kafka, handle, store }, service)
  const checks = { mongodb: () => pingMongo(mongo) }
  const letters = await openLetterRoutes(mongo, consumers)
  letterGauge(metrics, letters)
  const outboxes = [eventOutbox(store), { name: 'erasures', waiting: waitingEvents(mongo, 'erasures') }]
  const alarms = startAlarms(service, { kafka, letters, outboxes })
  const waiting = [waitingOutboxes(outboxes), waitingLetters(letters)]
  kafkaMetrics(metrics, kafka)
  const app = await buildApp(
    { create, handle, store, view, history: openHistory(mongo), letters, alarms, waiting, rates, erasing },
    {
      log,
      auth: authFrom(config),
      clients: clientsFrom(config),
      checks,
      consumers: kafka.consumers,
      metrics,
    },
  )
  closing.defer(() => app.close())
  await listen(app, config)
})
