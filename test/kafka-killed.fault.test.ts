import t from 'tap'
import { agree } from './support/agree.ts'
import { stackWithDedicatedKafka } from './support/dedicated-servers.ts'
import { startLoad } from './support/load.ts'
import { startSystem } from './support/system.ts'

t.test('Kafka killed under load: commands go on, services recover, and nothing is lost', async t => {
  const kafka = await stackWithDedicatedKafka(t)
  const system = await startSystem(t, { stack: kafka.stack })
  const load = startLoad(t, system, { people: 3 })
  await load.more(80)
  await kafka.kill()
  await load.more(80)
  t.ok(await kafka.stack.db.collection('events').countDocuments({ published: false }), 'events wait')
  await kafka.restart()
  await load.more(50)
  await load.stop()
  await agree(t, system, load.answered)
  t.equal(await kafka.stack.db.collection('dead_letters').countDocuments(), 0, 'an outage parks nothing')
  for (const { process } of Object.values(system.services)) t.equal(process.exitCode, null, 'none ended')
})
