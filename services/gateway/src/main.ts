import { authFrom, clientsFrom, listen } from '@daybook/shared/http'
import { pingMongo } from '@daybook/shared/mongo/connect-mongo'
import { connect } from '@daybook/shared/process/connect'
import { kafkaMetrics } from '@daybook/shared/process/kafka-metrics'
import { runService } from '@daybook/shared/process/service'
import { Registry } from 'prom-client'
import { buildApp } from './app.ts'
import { addressesFrom, readConfig } from './config.ts'

runService('gateway', process.env, async service => {
  const { log, closing } = service
  const config = readConfig(process.env)
  const { mongo, kafka } = await connect(service, config, [])
  const metrics = new Registry()
  kafkaMetrics(metrics, kafka)
  const app = await buildApp(
    { addresses: addressesFrom(config) },
    {
      log,
      auth: authFrom(config),
      clients: clientsFrom(config),
      checks: { mongodb: () => pingMongo(mongo) },
      consumers: kafka.consumers,
      metrics,
    },
  )
  closing.defer(() => app.close())
  await listen(app, config)
})
