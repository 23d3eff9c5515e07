import { client, LONG, until } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from '../support/agree.ts'
import { stackWithDedicatedMongo } from '../support/dedicated-servers.ts'
import { startLoad } from '../support/load.ts'
import { startSystem } from '../support/system.ts'

// complete-day.fault.test.ts kills MongoDB in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test(
  'when MongoDB is killed under load, services report it and recover by themselves, and nothing is lost',
  { skip },
  async t => {
    const mongo = await stackWithDedicatedMongo(t)
    const system = await startSystem(t, { stack: mongo.stack })
    const load = startLoad(t, system, { people: 3 })
    await load.more(80)
    await mongo.kill()

    const alice = system.as('tasks', 'alice')
    const refused = await until('a command is refused', async () => {
      const answer = await alice.POST('/tasks', { body: { name: 'lost?' } })
      return answer.response.status >= 500 && answer
    })
    t.equal(refused.response.status, 503)
    t.equal(refused.error?.type, 'urn:daybook:error:DAYBOOK_STORE_UNAVAILABLE')
    for (const { url } of Object.values(system.services)) {
      const ready = () => client(url, '')<{ troubles: { mongodb?: string } }>('/health/ready')
      const { body } = await until('the service is not ready', async () => {
        const answer = await ready()
        return answer.status === 503 && answer
      })
      t.match(body.troubles, { mongodb: String })
      t.equal((await client(url, '')('/health/live')).status, 200)
    }

    await mongo.restart()
    await load.more(50)
    await load.stop()
    for (const { url } of Object.values(system.services)) {
      await until('the service is ready', async () => (await client(url, '')('/health/ready')).status === 200)
    }
    await agree(t, system, load.answered)
    t.equal(
      await mongo.stack.db.collection('dead_letters').countDocuments(),
      0,
      'an outage makes no dead letters',
    )
    for (const { process } of Object.values(system.services))
      t.equal(process.exitCode, null, 'no service ended')
  },
)
