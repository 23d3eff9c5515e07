import { connect } from '@daybook/shared/connect'
import { topics } from '@daybook/shared/events'
import { authFrom, listen } from '@daybook/shared/http'
import { pingMongo } from '@daybook/shared/mongo'
import { startRelay } from '@daybook/shared/outbox'
import { runService } from '@daybook/shared/service'
import { buildApp } from './app.ts'
import { clockOutbox, publishingTrouble } from './clock-outbox.ts'
import { readConfig } from './config.ts'
import { fireDue } from './fire-due.ts'
import { openSchedules } from './schedules.ts'
import { startTicker } from './ticker.ts'

runService('scheduler', process.env.LOG_LEVEL, async service => {
  const { log, closing, fail } = service
  const config = readConfig(process.env)
  const { mongo, kafka } = await connect(service, config, {
    clientId: 'daybook-scheduler',
    topics: [topics.clock],
  })

  const schedules = await openSchedules(mongo, config.timeZones, new Date())
  const outbox = clockOutbox(schedules, kafka)
  const relay = startRelay(outbox, { log, fail })
  closing.defer(() => relay.stop())
  const ticker = startTicker(() => fireDue(schedules, relay, new Date()), { log, fail })
  closing.defer(() => ticker.stop())

  const checks = {
    mongodb: () => pingMongo(mongo),
    ticks: ticker.trouble,
    publishing: () => publishingTrouble(outbox),
  }
  const app = await buildApp({ schedules, relay }, { log, auth: authFrom(config), checks })
  closing.defer(() => app.close())
  await listen(app, config)
})
