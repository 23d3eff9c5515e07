import { LONG } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from '../support/agree.ts'
import { stackWithDedicatedKafka } from '../support/dedicated-servers.ts'
import { startLoad } from '../support/load.ts'
import { startSystem } from '../support/system.ts'

// kafka-away-at-end-of-day.fault.test.ts kills Kafka in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test(
  'when Kafka is killed under load, commands are still accepted, services recover, and nothing is lost',
  { skip },
  async t => {
    const kafka = await stackWithDedicatedKafka(t)
    const system = await startSystem(t, { stack: kafka.stack })
    const load = startLoad(t, system, { people: 3 })
    await load.more(80)
    await kafka.kill()
    await load.more(80)
    t.ok(
      await kafka.stack.db.collection('events').countDocuments({ published: false }),
      'events wait to be published',
    )
    await kafka.restart()
    await load.more(50)
    await load.stop()
    await agree(t, system, load.answered)
    t.equal(
      await kafka.stack.db.collection('dead_letters').countDocuments(),
      0,
      'an outage makes no dead letters',
    )
    for (const { process } of Object.values(system.services))
      t.equal(process.exitCode, null, 'no service ended')
  },
)
