import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dataOf } from '@daybook/client'
import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { agree } from './support/agree.ts'
import type { Answered } from './support/load.ts'
import { startSystem } from './support/system.ts'

const ZONE = 'Europe/Berlin'

t.test(
  'a completed task is in the log of the day, and a later completion or reopening amends the log',
  async t => {
    const system = await startSystem(t)
    const { stack } = system
    const reports = await watchTopic(t, stack, 'daybook.reports')
    const alice = system.as('tasks', 'alice', ZONE)
    const answered: Answered[] = []
    const create = async (name: string) => {
      const task = await dataOf(alice.POST('/tasks', { body: { name } }))
      answered.push(task)
      return task
    }
    const change = async (id: string, command: 'complete' | 'reopen') => {
      answered.push(await dataOf(alice.POST(`/tasks/{id}/${command}`, { params: { path: { id } } })))
    }
    const readLog = () => {
      const log = { params: { path: { day } }, parseAs: 'text' } as const
      return dataOf(system.as('reporting', 'alice').GET('/days/{day}/log', log))
    }

    const plants = await create('Water the plants 🌱')
    await create('not done')
    const later = await create('done after the end of the day')
    await change(plants.id, 'complete')
    const ended = system.operator('scheduler').POST('/end-of-day', { body: { timeZone: ZONE } })
    const { day } = await dataOf(ended)
    const [reported] = await until('the day is reported', () => reports.length > 0 && reports)
    t.match(reported, {
      key: day,
      headers: { ce_type: 'DayReported', ce_id: `day-reported:${ZONE}:${day}` },
      value: { day, timeZone: ZONE, users: 1, completions: 1, failures: 0 },
    })
    t.match(await readLog(), new RegExp(`^${day}T[^\\n]*\t${plants.id}\tWater the plants 🌱\n$`))
    t.equal(await readLog(), await readFile(join(stack.logDir, day, 'alice.log'), 'utf8'))

    await change(later.id, 'complete')
    const amended = await until('the day is amended', () => reports[1])
    t.match(amended.headers, { ce_type: 'DayAmended', ce_id: `day-amended:${day}:alice:2` })
    t.match(await readLog(), /\tWater the plants 🌱\n.*\tdone after the end of the day\n$/)
    await change(plants.id, 'reopen')
    t.match((await until('the day is amended again', () => reports[2])).value, {
      revision: 3,
      completions: 1,
    })
    t.notMatch(await readLog(), /Water the plants/)
    await agree(t, system, answered)
  },
)
