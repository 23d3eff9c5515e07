import { topics } from '@daybook/shared/events'
import { authFrom, clientsFrom, listen } from '@daybook/shared/http'
import { mongoVersion } from '@daybook/shared/mongo/connect-mongo'
import { openKafka, openMongo } from '@daybook/shared/process/connect'
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
import { lateCodes } from './sign-in/late-codes.ts'
import { looksAt } from './status/looks.ts'
import { watchParts } from './status/watch-parts.ts'

runService('gateway', process.env, async service => {
  const { log, closing, fail, signal } = service
  const config = readConfig(process.env)
  // Only the codes for signing in need MongoDB. So an outage is not waited for; without one, the codes work from the start.
  const waits = Promise.withResolvers<void>()
  const mongo = openMongo(service, config, () => waits.resolve())
  const codes = mongo.then(openCodes)
  const [kafka] = await Promise.all([
    openKafka(service, config, eventTopics),
    Promise.race([codes, waits.promise]),
  ])
  codes.catch(fail)
  const metrics = new Registry()
  kafkaMetrics(metrics, kafka)
  const events = readEvents(kafka, { bytes: config.EVENTS_MEMORY_MB * 1_000_000, log, fail, signal })
  closing.defer(events.stop)
  eventMetrics(metrics, events)
  const addresses = addressesFrom(config)
  const servers = {
    askMongo: async () => mongoVersion(await mongo),
    pingKafka: () => kafka.hasTopic(topics.tasks.name),
    eventsTrouble: events.trouble,
  }
  const parts = watchParts(looksAt(addresses, servers), fail)
  closing.defer(() => parts.stop())
  const app = await buildApp(
    { addresses, codes: lateCodes(codes), parts, events, console: consoleFrom(config) },
    {
      log,
      auth: authFrom(config),
      clients: clientsFrom(config),
      // It is of use while it can forward requests, and without each of its other parts. GET /status tells how they are.
      checks: {},
      metrics,
    },
  )
  closing.defer(() => app.close())
  if (config.FORWARD_PORTS) closing.defer(await forwardPorts(addresses, { host: config.HOST, log }))
  await listen(app, config)
})
