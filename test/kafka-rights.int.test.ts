import { randomUUID } from 'node:crypto'
import { dataOf } from '@daybook/client'
import { isOutage } from '@daybook/shared/failures/outage'
import { client, makeStack, startService, token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { connectAs } from './support/connect-as.ts'
import { cannotStart } from './support/dedicated-kafka.ts'
import { type GuardedKafka, startGuardedKafka } from './support/guarded-kafka.ts'
import { type Name, startSystem } from './support/system.ts'

const topics = [{ name: 'letters', partitions: 1, settings: {} }]
const letter = { key: 'k', value: 'v', headers: {} }

/** Connects the Kafka port as a service does. It has no rights at first. */
async function connectWithoutRights(t: Test, { env }: GuardedKafka) {
  const prefix = `${randomUUID()}.`
  const { lines, failures, connected } = connectAs(t, { ...env, TOPIC_PREFIX: prefix }, topics)
  const { kafka } = await connected
  const refusals = () => lines.filter(({ code }) => code === 'DAYBOOK_NOT_AUTHORIZED').map(({ msg }) => msg)
  const blocked = (part: string) => kafka.blocks.list().get(part)?.message
  const wait = (part: string, pattern: RegExp) =>
    until(`${part}: ${pattern}`, () => pattern.test(blocked(part) ?? ''))
  const unblocked = (part: string) => until(`${part} is not blocked`, () => blocked(part) === undefined)
  return { kafka, prefix, lines, failures, refusals, blocked, wait, unblocked }
}

async function testRightsOfPort(t: Test, guarded: GuardedKafka) {
  const { kafka, prefix, lines, failures, refusals, wait, unblocked } = await connectWithoutRights(t, guarded)
  const topic = `${prefix}letters`
  await t.test('topics are set up after a grant', async t => {
    t.match(kafka.trouble(), new RegExp(`set up topics.* on topic ${topic} \\(TOPIC_AUTHORIZATION_FAILED\\)`))
    await guarded.grant('TOPIC', topic, 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS')
    await until('the port is connected', () => kafka.trouble() === undefined)
  })

  await t.test('publishing works after a grant', async t => {
    const publish = () => kafka.publish('letters', [letter])
    for (const _ of [1, 2, 3]) t.ok(isOutage(await publish().catch(error => error)))
    await wait('publishing letters', /to publish.* on (topic|the cluster)/)
    await guarded.grant('TOPIC', topic, 'WRITE')
    await until('publishing succeeds', () => publish().then(() => true))
    await unblocked('publishing letters')
  })

  await t.test('consuming works after a grant, also when a right is revoked meanwhile', async t => {
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
    await until('the consumer reads', () => seen.length > 0)
    await unblocked(group)

    for (const [what, name] of [
      ['TOPIC', topic],
      ['GROUP', prefix],
    ] as const) {
      await guarded.revoke(what, name, 'READ')
      await wait(group, new RegExp(`${what}_AUTHORIZATION_FAILED`))
      await guarded.grant(what, name, 'READ')
      await until('the consumer has no trouble', () => consumer.trouble() === undefined)
      const count = seen.length
      await kafka.publish('letters', [letter])
      await until('the consumer reads again', () => seen.length > count)
    }
    t.strictSame(failures, [], 'no consumer ended')
  })

  await t.test('each refusal and its end are logged once', async t => {
    // One refusal each: topics, publishing, the group and the topic; then the group and the topic again when revoked.
    const logged = refusals()
    t.equal(logged.length, 6, logged.join('\n'))
    const others = lines.filter(({ level, code }) => level >= 40 && code !== 'DAYBOOK_NOT_AUTHORIZED')
    t.notMatch(JSON.stringify(others), /authorization failed/i)
    t.ok(lines.some(({ msg, part }) => msg === 'Kafka authorizes us again' && part === 'readers'))
  })
}

/** Starts the services as processes. They have no rights at first. */
async function testRightsOfServices(t: Test, guarded: GuardedKafka) {
  const stack = await makeStack(t, { KAFKA_BROKERS: guarded.open.join(',') })
  const env = { ...guarded.env, TIME_ZONES: 'UTC' }
  const { as, operator, reportDays, services } = await startSystem(t, { stack, env })
  const status = async (name: Name) => (await client(services[name].url, '')('/health/ready')).status
  const ready = (name: Name, expected: number) =>
    until(`${name} answers ${expected}`, async () => (await status(name)) === expected)
  const blocked = (name: Name, part: string) =>
    until(`${name}: ${part} is blocked`, async () => {
      const { body } = await client(services[name].url, '')<string>('/metrics')
      return body.includes(`daybook_blocked{part="${part}",code="DAYBOOK_NOT_AUTHORIZED"} 1`)
    })
  const topic = `${stack.prefix}daybook.`
  const groups = ['tasks-', 'reporting-', 'scheduler-'].map(name => stack.prefix + name)
  const alice = as('tasks', 'alice')
  const complete = async (name: string) => {
    const { id } = await dataOf(alice.POST('/tasks', { body: { name } }))
    return (await alice.POST('/tasks/{id}/complete', { params: { path: { id } } })).response.status
  }
  const day = new Date().toISOString().slice(0, 10)

  for (const name of ['tasks', 'reporting', 'scheduler'] as const) await blocked(name, 'topics')
  t.equal(await status('reporting'), 503)
  t.equal(await status('scheduler'), 503)
  t.equal(await status('tasks'), 200, 'tasks needs MongoDB only')
  t.equal(await complete('without Kafka'), 200)

  await guarded.grant('TOPIC', topic, 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ', 'WRITE')
  for (const group of groups) await guarded.grant('GROUP', group, 'DESCRIBE', 'READ')
  await ready('reporting', 200)
  await ready('scheduler', 200)
  await reportDays([{ day, timeZone: 'UTC' }])

  await guarded.revoke('TOPIC', topic, 'WRITE')
  for (const group of groups) await guarded.revoke('GROUP', group, 'READ')
  t.equal(await complete('without the right to write'), 200)
  await dataOf(operator('scheduler').POST('/end-of-day', { body: { day, timeZone: 'UTC' } }))
  await ready('scheduler', 503)
  await blocked('scheduler', 'publishing daybook.clock')
  await ready('reporting', 503)
  await blocked('reporting', 'reporting-projection')
  await blocked('scheduler', 'scheduler-incidents')
  await blocked('tasks', 'publishing daybook.tasks')
  await blocked('tasks', 'tasks-clock')
  await blocked('tasks', 'tasks-state')
  t.equal(await status('tasks'), 200)

  await guarded.grant('TOPIC', topic, 'WRITE')
  for (const group of groups) await guarded.grant('GROUP', group, 'READ')
  await ready('reporting', 200)
  await ready('scheduler', 200)
  for (const { process } of Object.values(services))
    t.equal(process.exitCode, null, 'the service did not restart')
}

/** Starts a gateway with its own rights only. Without them it works, but for the events. */
async function testRightsOfGateway(t: Test, guarded: GuardedKafka) {
  const stack = await makeStack(t, { KAFKA_BROKERS: guarded.open.join(',') })
  const tasks = await startService(t, 'tasks', stack.env)
  const gateway = await startService(t, 'gateway', { ...stack.env, ...guarded.env, TASKS_URL: tasks.url })
  const alice = client(gateway.url, await token('alice'))
  t.equal((await alice('/tasks', { body: { name: 'before' } })).status, 201)
  t.match(await alice('/events'), { status: 503, body: { type: /DAYBOOK_EVENTS_UNAVAILABLE/ } })
  t.equal((await alice('/health/ready')).status, 200)

  await guarded.grant('TOPIC', `${stack.prefix}daybook.`, 'CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ')
  await guarded.grant('GROUP', `${stack.prefix}gateway-events-`, 'DESCRIBE', 'READ', 'DELETE')
  const headers = { authorization: `Bearer ${await token('alice')}`, 'last-event-id': '0~0~0~0' }
  const answer = await until('the events are read', async () => {
    const found = await fetch(`${gateway.url}/events`, { headers })
    if (found.ok) return found
    await found.body?.cancel()
    return undefined
  })
  let text = ''
  for await (const bytes of answer.body ?? []) {
    text += Buffer.from(bytes)
    if (text.includes('TaskCreated')) break
  }
  t.match(text, /"before"/)
  t.equal(await gateway.end('SIGTERM'), 0)
  const { groups } = await guarded.admin.listGroups()
  const own = groups.filter(({ groupId }) => groupId.startsWith(`${stack.prefix}gateway-events-`))
  t.strictSame(own, [], 'it has removed its groups')
}

t.test('with a Kafka that requires a grant for each operation', { skip: await cannotStart() }, async t => {
  const guarded = await startGuardedKafka(t)
  await t.test('the Kafka port names the right that it lacks', t => testRightsOfPort(t, guarded))
  await t.test('services are not ready until the rights are granted', t => testRightsOfServices(t, guarded))
  await t.test('the gateway reads events with its own rights', t => testRightsOfGateway(t, guarded))
})
