import { topics } from '@daybook/shared/events'
import { authFrom, clientsFrom, listen } from '@daybook/shared/http'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { addressesFrom, consoleFrom, readConfig } from './config.ts'
import { openCodes } from './sign-in/code-store.ts'
import { looksAt } from './status/looks.ts'
import { watchParts } from './status/watch-parts.ts'

runService('gateway', process.env, async service => {
  const { log, closing, fail } = service
  const config = readConfig(process.env)
  const { mongo, kafka } = await connect(service, config, [])
  const metrics = new Registry()
  kafkaMetrics(metrics, kafka)
  const codes = await openCodes(mongo)
  const addresses = addressesFrom(config)
  const servers = {
    pingMongo: () => pingMongo(mongo),
    pingKafka: () => kafka.hasTopic(topics.tasks.name),
    eventsTrouble: () => undefined,
  }
  const parts = watchParts(looksAt(addresses, servers), fail)
  closing.defer(() => parts.stop())
  const app = await buildApp(
    { addresses, codes, parts, console: consoleFrom(config) },
    {
      log,
      auth: authFrom(config),
      clients: clientsFrom(config),
      checks: { mongodb: servers.pingMongo },
      consumers: kafka.consumers,
      metrics,
    },
  )
  closing.defer(() => app.close())
  await listen(app, config)
})
