import { dataOf } from '@daybook/client'
import { LONG, seededRandom, until } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from '../support/agree.ts'
import { startLoad } from '../support/load.ts'
import { type Name, startSystem } from '../support/system.ts'

const once: Name[] = ['tasks', 'reporting', 'scheduler']
const victims = [...once, ...once, ...once]
// The other tests with kills each kill one part of the system.
const skip = !LONG && 'npm run test:long runs it'

t.test(
  'after kills of random services at random times, events, projection and files agree',
  { skip },
  async t => {
    const random = seededRandom(t)
    const system = await startSystem(t)
    const load = startLoad(t, system, { people: 3 })
    await load.more(50)
    const [day = ''] = await until('a completion is projected', async () => {
      const days = await system.stack.db.collection('completions').distinct('day')
      return days.length > 0 && days
    })
    // The day ends during the kills, so that a run, amendments and the scheduler's outbox are interrupted too.
    await dataOf(system.operator('scheduler').POST('/end-of-day', { body: { day, timeZone: 'UTC' } }))
    const restarts = new Map<Name, Promise<void>>()
    while (victims.length > 0) {
      const [name = 'tasks'] = victims.splice(random(victims.length), 1)
      const commands = random(40)
      await load.more(commands)
      // Wait until the service has restarted, because only a running service can be killed. Others may still be starting.
      await restarts.get(name)
      t.comment(`${name} is killed ${commands} commands later`)
      restarts.set(name, system.crash(name))
    }
    await Promise.all(restarts.values())
    await load.stop()
    await agree(t, system, load.answered)
  },
)
