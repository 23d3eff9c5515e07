import { topics } from '@daybook/shared/events'
import { authFrom, clientsFrom, listen } from '@daybook/shared/http'
import { mongoVersion, pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { addressesFrom, consoleFrom, readConfig } from './config.ts'
import { eventMetrics } from './events/metrics.ts'
import { eventTopics } from './events/position.ts'
import { readEvents } from './events/read-events.ts'
import { forwardPorts } from './ports/forward-ports.ts'
import { openCodes } from './sign-in/code-store.ts'
import { looksAt } from './status/looks.ts'
import { watchParts } from './status/watch-parts.ts'

runService('gateway', process.env, async service => {
  const { log, closing, fail, signal } = service
  const config = readConfig(process.env)
  const { mongo, kafka } = await connect(service, config, eventTopics)
  const metrics = new Registry()
  kafkaMetrics(metrics, kafka)
  const events = readEvents(kafka, { bytes: config.EVENTS_MEMORY_MB * 1_000_000, log, fail, signal })
  closing.defer(events.stop)
  eventMetrics(metrics, events)
  const codes = await openCodes(mongo)
  const addresses = addressesFrom(config)
  const servers = {
    askMongo: () => mongoVersion(mongo),
    pingKafka: () => kafka.hasTopic(topics.tasks.name),
    eventsTrouble: events.trouble,
  }
  const parts = watchParts(looksAt(addresses, servers), fail)
  closing.defer(() => parts.stop())
  const app = await buildApp(
    { addresses, codes, parts, events, console: consoleFrom(config) },
    {
      log,
      auth: authFrom(config),
      clients: clientsFrom(config),
      // Everybody can read the readiness, so it has no addresses and no errors. GET /status tells them to admins.
      checks: {
        mongodb: () => pingMongo(mongo).catch(() => 'MongoDB does not answer'),
      },
      metrics,
    },
  )
  closing.defer(() => app.close())
  if (config.FORWARD_PORTS) closing.defer(await forwardPorts(addresses, { host: config.HOST, log }))
  await listen(app, config)
})
