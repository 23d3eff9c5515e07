import { loadConfig } from '@daybook/shared/config'
import { topics } from '@daybook/shared/events'
import { authFrom, listen } from '@daybook/shared/http'
import { connectKafka } from '@daybook/shared/kafka'
import { connectMongo, mongoTrouble } from '@daybook/shared/mongo'
import { startRelay } from '@daybook/shared/outbox'
import { runService } from '@daybook/shared/service'
import { buildApp } from './app.ts'
import { commandHandler } from './commands.ts'
import { settings } from './config.ts'
import { eventStore, openEvents } from './event-store.ts'
import { taskOutbox } from './outbox.ts'
import { openTaskView } from './task-view.ts'

runService('tasks', process.env.LOG_LEVEL, async ({ log, closing, fail, signal }) => {
  const config = loadConfig(settings, process.env)
  const mongo = await connectMongo({
    uri: config.MONGODB_URI,
    database: config.MONGODB_DATABASE,
    log,
    signal,
  })
  closing.defer(() => mongo.close())
  const kafka = await connectKafka({
    brokers: config.KAFKA_BROKERS.split(','),
    clientId: 'daybook-tasks',
    prefix: config.TOPIC_PREFIX,
    topics: [topics.tasks],
    log,
    onCrash: fail,
    signal,
  })
  closing.defer(() => kafka.close())

  const events = await openEvents(mongo)
  const store = eventStore(events)
  const view = await openTaskView(mongo)
  const relay = startRelay(taskOutbox(events, { store, view, kafka }), { log, fail })
  closing.defer(() => relay.stop())

  const handle = commandHandler({ store, view, relay })
  const checks = { mongodb: () => mongoTrouble(mongo) }
  const app = await buildApp({ handle, store, view }, { log, auth: authFrom(config), checks })
  closing.defer(() => app.close())
  await listen(app, config)
})
