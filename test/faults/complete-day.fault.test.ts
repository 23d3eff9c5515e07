import { dataOf } from '@daybook/client'
import { LONG, seededRandom, startService, until } from '@daybook/shared/testing'
import t from 'tap'
import { stackWithDedicatedServers } from '../support/dedicated-servers.ts'
import { startLoad } from '../support/load.ts'
import { publishCompletions } from '../support/publish-completions.ts'
import { startSystem } from '../support/system.ts'
import { verify } from '../support/verify.ts'

type Fault = 'reporting' | 'kafka' | 'mongo'

const repeat = (fault: Fault, times: number) => Array.from({ length: times }, () => fault)
const { users, completions, faults } = LONG
  ? {
      users: 10_000,
      completions: 100_000,
      faults: [...repeat('reporting', 10), ...repeat('kafka', 2), 'mongo' as const],
    }
  : { users: 100, completions: 1000, faults: ['reporting' as const, 'kafka' as const, 'mongo' as const] }

t.test('verify finds no difference on a day during which processes and servers were killed', async t => {
  const random = seededRandom(t)
  const { stack, kafka, mongo } = await stackWithDedicatedServers(t)
  const system = await startSystem(t, { stack, env: { TIME_ZONES: 'UTC' } })
  const startSecond = () => startService(t, 'reporting', { ...stack.env, TIME_ZONES: 'UTC' })
  let second = await startSecond()
  const crash: Record<Fault, () => Promise<void>> = {
    async reporting() {
      if (random(2) === 0) return system.crash('reporting')
      await second.end('SIGKILL')
      second = await startSecond()
    },
    async kafka() {
      await kafka.kill()
      await kafka.restart()
    },
    async mongo() {
      await mongo.kill()
      await mongo.restart()
    },
  }
  const day = new Date().toISOString().slice(0, 10)
  const publish = await publishCompletions(t, stack, { day, users })
  const load = startLoad(t, system, { people: 3 })
  const projected = stack.db.collection('completions')
  const part = Math.floor(completions / (faults.length + 1))

  await publish(part)
  // The day ends first, so that the faults interrupt its run, and all that is published later amends its logs.
  await dataOf(system.operator('scheduler').POST('/end-of-day', { body: { day, timeZone: 'UTC' } }))
  let published = part
  while (faults.length > 0) {
    const wanted = published - random(part)
    await publish(part)
    published += part
    await until(
      `${wanted} completions are projected`,
      async () => (await projected.countDocuments()) >= wanted,
    )
    const [fault = 'reporting'] = faults.splice(random(faults.length), 1)
    t.comment(`${fault} is killed after ${wanted} of ${published} completions`)
    await crash[fault]()
  }
  await publish(completions - published)
  await load.more(10)
  await load.stop()

  const run = () => stack.db.collection<{ _id: string; state: string }>('runs').findOne({ _id: `${day}@UTC` })
  await until('the day is reported', async () => (await run())?.state === 'done')
  const { code, output } = await verify(t, stack, day)
  t.equal(code, 0, output)
  t.match(output, /no difference\n?$/)
  t.ok(Number(/(\d+) completions/.exec(output)?.[1]) >= completions, 'nothing that was published is missing')
  t.equal(await stack.db.collection('dead_letters').countDocuments(), 0, 'faults make no dead letters')
})
