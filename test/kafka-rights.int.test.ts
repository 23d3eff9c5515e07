import { randomUUID } from 'node:crypto'
import { isOutage } from '@daybook/shared/failures/outage'
import { makeStack, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { connectAs } from './support/connect-as.ts'
import { cannotStart } from './support/dedicated-kafka.ts'
import { type GuardedKafka, startGuardedKafka } from './support/guarded-kafka.ts'
import { type Name, startSystem } from './support/system.ts'

const topics = [{ name: 'letters', partitions: 1, settings: {} }]
const letter = { key: 'k', value: 'v', headers: {} }

/** The port as a service has it, without any right at first. */
async function connectWithoutRights(t: Test, { env }: GuardedKafka) {
  const prefix = `${randomUUID()}.`
  const { lines, failures, connected } = connectAs(t, { ...env, TOPIC_PREFIX: prefix }, topics)
  const { kafka } = await connected
  const refusals = () => lines.filter(({ code }) => code === 'DAYBOOK_NOT_AUTHORIZED').map(({ msg }) => msg)
  const blocked = (part: string) => kafka.blocks.list().get(part)?.message
  const wait = (part: string, pattern: RegExp) =>
    until(`${part}: ${pattern}`, () => pattern.test(blocked(part) ?? ''))
  const over = (part: string) => until(`${part} is not blocked`, () => blocked(part) === undefined)
  return { kafka, prefix, lines, failures, refusals, blocked, wait, over }
}

async function theRightsOfAPort(t: Test, guarded: GuardedKafka) {
  const { kafka, prefix, lines, failures, refusals, wait, over } = await connectWithoutRights(t, guarded)
  const topic = `${prefix}letters`
  await t.test('to set its topics up', async t => {
    t.match(kafka.trouble(), new RegExp(`set up topics.* on topic ${topic} \\(TOPIC_AUTHORIZATION_FAILED\\)`))
    await guarded.grant('TOPIC', topic, 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS')
    await until('it is connected', () => kafka.trouble() === undefined)
  })

  await t.test('to publish', async t => {
    const publish = () => kafka.publish('letters', [letter])
    for (const _ of [1, 2, 3]) t.ok(isOutage(await publish().catch(error => error)))
    await wait('publishing letters', /to publish.* on (topic|the cluster)/)
    await guarded.grant('TOPIC', topic, 'WRITE')
    await until('it publishes', () => publish().then(() => true))
    await over('publishing letters')
  })

  await t.test('to consume, also while it does', async t => {
    const group = 'readers'
    const seen: unknown[] = []
    const handle = async (messages: unknown[]) => void seen.push(...messages)
    const starting = kafka.consume({ group, topic: 'letters', handle, park: async () => undefined })
    await wait(group, new RegExp(`group ${prefix}readers \\(GROUP_AUTHORIZATION_FAILED\\)`))
    await guarded.grant('GROUP', prefix, 'DESCRIBE', 'READ')
    const consumer = await starting
    t.teardown(consumer.stop)
    await wait(group, new RegExp(`topic ${topic} \\(TOPIC_AUTHORIZATION_FAILED\\)`))
    t.match(consumer.trouble(), /waiting: .*TOPIC_AUTHORIZATION_FAILED/)
    await guarded.grant('TOPIC', topic, 'READ')
    await until('it reads', () => seen.length > 0)
    await over(group)

    for (const [what, name] of [
      ['TOPIC', topic],
      ['GROUP', prefix],
    ] as const) {
      await guarded.revoke(what, name, 'READ')
      await wait(group, new RegExp(`${what}_AUTHORIZATION_FAILED`))
      await guarded.grant(what, name, 'READ')
      await until('it is well again', () => consumer.trouble() === undefined)
      const count = seen.length
      await kafka.publish('letters', [letter])
      await until('it reads on', () => seen.length > count)
    }
    t.strictSame(failures, [], 'nothing ended')
  })

  await t.test('and each refusal is told once, as is its end', async t => {
    // Topics; publishing; the group, the topic, and both once more while it ran.
    const told = refusals()
    t.equal(told.length, 6, told.join('\n'))
    const others = lines.filter(({ level, code }) => level >= 40 && code !== 'DAYBOOK_NOT_AUTHORIZED')
    t.notMatch(JSON.stringify(others), /authorization failed/i)
    t.ok(lines.some(({ msg, part }) => msg === 'Kafka authorizes us again' && part === 'readers'))
  })
}

/** The services as processes, without any right at first. */
async function theRightsOfServices(t: Test, guarded: GuardedKafka) {
  const stack = await makeStack(t, { KAFKA_BROKERS: guarded.open.join(',') })
  const env = { ...guarded.env, TIME_ZONES: 'UTC' }
  const { as, operator, reportDays, services } = await startSystem(t, { stack, env })
  const status = async (name: Name) => (await (await operator(name))('/health/ready')).status
  const ready = (name: Name, expected: number) =>
    until(`${name} answers ${expected}`, async () => (await status(name)) === expected)
  const blocked = (name: Name, part: string) =>
    until(`${name}: ${part} is blocked`, async () => {
      const { body } = await (await operator(name))<string>('/metrics')
      return body.includes(`daybook_blocked{part="${part}",code="DAYBOOK_NOT_AUTHORIZED"} 1`)
    })
  const [topic, group] = [`${stack.prefix}daybook.`, `${stack.prefix}reporting-`]
  const alice = await as('alice')
  const complete = async (name: string) => {
    const { body } = await alice<{ id: string }>('/tasks', { body: { name } })
    const { status } = await alice(`/tasks/${body.id}/complete`, { method: 'POST' })
    return status
  }
  const day = new Date().toISOString().slice(0, 10)

  for (const name of ['tasks', 'reporting', 'scheduler'] as const) await blocked(name, 'topics')
  t.equal(await status('reporting'), 503)
  t.equal(await status('scheduler'), 503)
  t.equal(await status('tasks'), 200, 'tasks needs MongoDB only')
  t.equal(await complete('without Kafka'), 200)

  await guarded.grant('TOPIC', topic, 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ', 'WRITE')
  await guarded.grant('GROUP', group, 'DESCRIBE', 'READ')
  await ready('reporting', 200)
  await ready('scheduler', 200)
  await reportDays([{ day, timeZone: 'UTC' }])

  await guarded.revoke('TOPIC', topic, 'WRITE')
  await guarded.revoke('GROUP', group, 'READ')
  t.equal(await complete('without the right to write'), 200)
  await (await operator('scheduler'))('/end-of-day', { body: { day, timeZone: 'UTC' } })
  await ready('scheduler', 503)
  await blocked('scheduler', 'publishing daybook.clock')
  await ready('reporting', 503)
  await blocked('reporting', 'reporting-projection')
  await blocked('tasks', 'publishing daybook.tasks')
  t.equal(await status('tasks'), 200)

  await guarded.grant('TOPIC', topic, 'WRITE')
  await guarded.grant('GROUP', group, 'READ')
  await ready('reporting', 200)
  await ready('scheduler', 200)
  for (const { process } of Object.values(services))
    t.equal(process.exitCode, null, 'it was not started anew')
}

t.test('a Kafka that authorizes nothing without a grant', { skip: await cannotStart() }, async t => {
  const guarded = await startGuardedKafka(t)
  await t.test('says which rights a port lacks', t => theRightsOfAPort(t, guarded))
  await t.test('turns readiness red until they are granted', t => theRightsOfServices(t, guarded))
})
