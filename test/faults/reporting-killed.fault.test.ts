import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { dataOf } from '@daybook/client'
import { LONG, startService, until } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from '../support/agree.ts'
import { startLoad } from '../support/load.ts'
import { startSystem } from '../support/system.ts'

// complete-day.fault.test.ts kills processes of reporting in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test(
  'when one of two reporting processes is killed during a run, the other one completes the files',
  { skip },
  async t => {
    const system = await startSystem(t)
    const { stack, services } = system
    await startService(t, 'reporting', stack.env)
    const load = startLoad(t, system, { people: 80 })
    await load.more(600)
    await load.stop()
    const projected = () => stack.db.collection('completions').distinct('day', { takenBack: false })
    const [day = ''] = await until('a completion is projected', async () => {
      const days = await projected()
      return days.length > 0 && days
    })

    await dataOf(system.operator('scheduler').POST('/end-of-day', { body: { day, timeZone: 'UTC' } }))
    const written = async () =>
      (await readdir(stack.logDir, { recursive: true })).filter(name => /^[^/]+\/[^/]+\.log$/.test(name))
        .length
    await until('some files are written', async () => (await written()) > 20)
    await services.reporting.end('SIGKILL')
    t.comment(`killed after ${await written()} of 80 files`)
    services.reporting = await startService(t, 'reporting', stack.env)
    await agree(t, system, load.answered)
    t.strictSame(
      await readdir(join(stack.logDir, '.tmp')),
      [],
      'the temporary files of the killed process are deleted',
    )
  },
)
