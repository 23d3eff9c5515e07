import t from 'tap'
import { agree } from './support/agree.ts'
import { startLoad } from './support/load.ts'
import { startSystem } from './support/system.ts'

t.test('what tasks answered before it was killed is in the files, each once', async t => {
  const system = await startSystem(t)
  const load = startLoad(t, system, { people: 8 })
  await load.more(300)
  await system.crash('tasks')
  await load.more(100)
  await load.stop()
  await agree(t, system, load.answered)
})
