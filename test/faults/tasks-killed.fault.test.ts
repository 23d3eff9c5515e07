import { LONG, until } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from '../support/agree.ts'
import { startLoad } from '../support/load.ts'
import { startSystem } from '../support/system.ts'

// kafka-away-at-end-of-day.fault.test.ts kills tasks in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test('every command that tasks answered before a kill is in the files exactly once', { skip }, async t => {
  const system = await startSystem(t)
  const load = startLoad(t, system, { people: 8 })
  await load.more(300)
  const waiting = () => system.stack.db.collection('events').countDocuments({ published: false })
  const { process } = system.services.tasks
  await until('tasks is suspended with events that are stored and not published', async () => {
    process.kill('SIGSTOP')
    const found = await waiting()
    if (found === 0) process.kill('SIGCONT')
    return found > 0
  })
  await system.crash('tasks')
  await load.more(100)
  await load.stop()
  await agree(t, system, load.answered)
})
