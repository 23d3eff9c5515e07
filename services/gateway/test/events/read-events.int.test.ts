import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { jobTopics, topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import {
  client,
  LONG,
  makeStack,
  publishUndecodable,
  silent,
  startService,
  token,
  transactionsOn,
  until,
} from '@daybook/shared/testing'
import kafkajs from 'kafkajs'
import { t, test } from 'tap'
import { parse, type Received } from '../support/events.ts'

const stack = await makeStack(t)
const tasks = await startService(t, 'tasks', stack.env)
const env = { ...stack.env, TASKS_URL: tasks.url }
const admin = new kafkajs.Kafka({ brokers: stack.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
await admin.connect()
t.teardown(() => admin.disconnect())

/** The consumer groups of gateways in this stack. */
async function groups(): Promise<string[]> {
  const names = (await admin.listGroups()).groups.map(({ groupId }) => groupId)
  return names.filter(name => name.startsWith(`${stack.prefix}gateway-events-`))
}

/** Follows the events of a user. Waits until the gateway has read the past. */
async function follow(url: string, user: string, lastId?: string) {
  const bearer = await token(user, { admin: user === 'op' })
  const headers = { authorization: `Bearer ${bearer}`, ...(lastId && { 'last-event-id': lastId }) }
  const answer = await until('the gateway reads events', async () => {
    const [found] = (await once(get(`${url}/events`, { headers }), 'response')) as [IncomingMessage]
    if (found.statusCode === 200) return found
    found.resume()
    return undefined
  })
  let text = ''
  answer.on('data', bytes => {
    text += bytes
  })
  answer.on('error', () => undefined)
  const received = (): Received[] => parse(text.slice(0, text.lastIndexOf('\n\n') + 2))
  const completed = () =>
    received().flatMap(({ event, data }) =>
      event === 'TaskCreated' ? [(data as { data: { name: string } }).data.name] : [],
    )
  return { answer, received, completed, leave: () => answer.destroy() }
}

const write = async (name: string) => client(tasks.url, await token('ada'))('/tasks', { body: { name } })

test('each of two gateways sends the events of a person to them and to admins, and a client continues at the other one', async t => {
  const [one, two] = [await startService(t, 'gateway', env), await startService(t, 'gateway', env)]
  const [ada, bob, op] = [
    await follow(one.url, 'ada'),
    await follow(one.url, 'bob'),
    await follow(two.url, 'op'),
  ]
  await write('a')
  await until('both have it', () => ada.completed().length === 1 && op.completed().length === 1)
  t.match(ada.received().at(-1)?.data, {
    type: 'TaskCreated',
    source: '/daybook/tasks',
    topic: 'daybook.tasks',
    offset: /^\d+$/,
    data: { userId: 'ada', name: 'a' },
  })
  const last = ada.received().at(-1)?.id
  ada.leave()
  for (const name of ['b', 'c', 'd']) await write(name)
  const again = await follow(two.url, 'ada', last)
  await until('it has what it missed', () => again.completed().length === 3)
  t.strictSame(again.completed(), ['b', 'c', 'd'])
  t.equal(bob.completed().length, 0)
  t.match(bob.received(), [{ event: 'position' }])
  t.equal(await one.end('SIGTERM'), 0)
  t.equal(await two.end('SIGTERM'), 0)
  await until('the streams have ended', () => op.answer.complete)
  t.match(op.received().at(-1), { event: 'end', data: { reason: 'closing' } })
  t.strictSame(await groups(), [])
})

// A gateway removes the groups of others twice a minute only.
const skip = !LONG && 'npm run test:long runs it'

test('a gateway that starts has the events of before, and removes the groups of one that was killed', {
  skip,
}, async t => {
  const killed = await startService(t, 'gateway', env)
  await follow(killed.url, 'ada')
  await killed.end('SIGKILL')
  t.ok((await groups()).length > 0)
  for (let starts = 0; starts < (LONG ? 20 : 2); starts += 1) {
    const next = await startService(t, 'gateway', env)
    const ada = await follow(next.url, 'ada', '0~0~0~0')
    await until('it has all events', () => ada.completed().length === 4)
    t.strictSame(ada.completed(), ['a', 'b', 'c', 'd'])
    t.equal(await next.end('SIGTERM'), 0)
  }
  const last = await startService(t, 'gateway', env)
  await until('only the groups of the last one are left', async () => (await groups()).length === 4)
  await last.end('SIGTERM')
})

test('a gateway starts when the last records are marks of transactions, or cannot be decoded', async t => {
  const { brokers, prefix } = stack
  const kafka = await connectKafka({
    ...{ brokers, prefix, service: 'test', topics: [], log: silent },
    onCrash: error => t.fail(error),
  })
  t.teardown(() => kafka.close())
  const transact = await transactionsOn(t, stack, topics.reports.name)
  const aborted = await transact(send => send('aborted').then(() => undefined))
  await aborted.abort()
  const committed = await transact(send => send('no event').then(() => undefined))
  await committed.commit()
  await publishUndecodable(kafka, jobTopics.finished.name, 'k')
  const started = await startService(t, 'gateway', env)
  const ada = await follow(started.url, 'ada')
  await write('after them')
  await until('it has what follows', () => ada.completed().length === 1)
  t.equal(await started.end('SIGTERM'), 0)
})
