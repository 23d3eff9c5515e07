import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { client, token, until, watchTopic } from '@daybook/shared/testing'
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
    const alice = await system.as('alice', ZONE)
    const answered: Answered[] = []
    const create = async (name: string) => {
      const { status, body } = await alice<Answered>('/tasks', { body: { name } })
      t.equal(status, 201)
      answered.push(body)
      return body
    }
    const change = async (id: string, command: 'complete' | 'reopen') => {
      const { status, body } = await alice<Answered>(`/tasks/${id}/${command}`, { method: 'POST' })
      t.equal(status, 200)
      answered.push(body)
    }
    const readLog = async () =>
      (await client(system.services.reporting.url, await token('alice'))<string>(`/days/${day}/log`)).body

    const plants = await create('Water the plants 🌱')
    await create('not done')
    const later = await create('done after the end of the day')
    await change(plants.id, 'complete')
    const ended = await (await system.operator('scheduler'))<{ day: string }>('/end-of-day', {
      body: { timeZone: ZONE },
    })
    t.equal(ended.status, 202)
    const { day } = ended.body
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
