import { LONG, makeStack, seededRandom, startService } from '@daybook/shared/testing'
import t from 'tap'
import { tasksAgree } from './support/agreement.ts'
import { startManyClients } from './support/many-clients.ts'
import { as, write } from './support/tasks.ts'

// The load goes on for `partMs` before the first kill, and after the restart that follows each of them.
const { tasks, kills, partMs } = LONG
  ? { tasks: 100, kills: 2, partMs: 10_000 }
  : { tasks: 40, kills: 1, partMs: 500 }

t.test(
  'after 64 clients changed the same tasks by two processes, one of which was killed, events, view and Kafka agree',
  async t => {
    const stack = await makeStack(t)
    const env = { ...stack.env, RATE_LIMIT_PER_SECOND: '0' }
    const start = async () => {
      const service = await startService(t, 'tasks', env)
      return { service, ask: await as(service.url, 'alice') }
    }
    const [steady, first] = await Promise.all([start(), start()])
    let killed = first
    const ids = await Promise.all(Array.from({ length: tasks }, async () => (await write(steady.ask)).id))
    const asks = () => [steady.ask, killed.ask]
    const load = startManyClients(t, { clients: 64, ids, random: seededRandom(t), asks })
    await load.goOn(partMs)
    for (let kill = 0; kill < kills; kill += 1) {
      await killed.service.end('SIGKILL')
      killed = await start()
      await load.goOn(partMs)
    }
    await load.stop()
    t.strictSame(load.unexpected.slice(0, 5), [], 'no command is refused')
    await tasksAgree(t, stack, load.said)
  },
)
