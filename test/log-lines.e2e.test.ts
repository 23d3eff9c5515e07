import { toMessage, topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { client, logLines, makeStack, silent, startService, token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { taskExamples } from '../shared/src/contract/examples.ts'

const mark = 'zebra-5d1c'
const texts = { name: `${mark} name`, notes: `${mark} notes`, tags: [`${mark} tag`] }

const stack = await makeStack(t)
const env = { ...stack.env, LOG_LEVEL: 'trace' }
const [tasks, reporting] = [await startService(t, 'tasks', env), await startService(t, 'reporting', env)]
const lines = [logLines(tasks), logLines(reporting)]
const bearers = { alice: await token('alice'), root: await token('root', { admin: true }) }
const alice = client(tasks.url, bearers.alice)
const admins = [client(tasks.url, bearers.root), client(reporting.url, bearers.root)]

const trace = '0af7651916cd43dd8448eb211c80319c'
const headers = { traceparent: `00-${trace}-b7ad6b7169203331-01` }

/** Sends requests that succeed, and some that are refused. @returns the id of the task */
async function sendRequests(t: Test): Promise<string> {
  const { status, body } = await alice<{ id: string }>('/tasks', { body: texts, headers })
  t.equal(status, 201)
  const path = `/tasks/${body.id}`
  await alice(path, { method: 'PATCH', body: { name: `${mark} changed` }, headers })
  await alice(`${path}/complete`, { method: 'POST', headers })
  for (const query of [`q=${mark}`, `tag=${mark}`, `cursor=${mark}`, `token=${bearers.alice}`])
    await alice(`/tasks?${query}`)
  for (const refused of [{ ...texts, unknown: mark }, { ...texts, name: [mark] }, mark])
    t.equal((await alice('/tasks', { body: refused })).status, 400)
  for (const unknown of [`/${mark}`, `/tasks/${mark}`, `/tasks/%${mark}`])
    t.ok((await alice(unknown)).status >= 400)
  t.equal((await client(tasks.url, mark)('/tasks')).status, 401)
  t.equal((await fetch(`${tasks.url}/tasks`, { method: 'POST', body: `{"name":"${mark}` })).status, 401)
  return body.id
}

/** Publishes records that become dead letters, and has them replayed and deleted. */
async function parkMessages(t: Test): Promise<void> {
  const kafka = await connectKafka({
    ...{ brokers: stack.brokers, service: 'test', prefix: stack.prefix, topics: [topics.tasks], log: silent },
    onCrash: error => t.fail(error.message),
  })
  t.teardown(() => kafka.close())
  const { TaskCompleted } = taskExamples
  const right = toMessage({ ...TaskCompleted, data: { ...TaskCompleted.data, ...texts } }, 'alice')
  const wrong = toMessage(
    { ...TaskCompleted, data: { ...TaskCompleted.data, ...texts, tags: mark } },
    'alice',
  )
  await kafka.publish(topics.tasks.name, [wrong, { ...right, value: `no JSON: ${mark}` }])
  const letters = stack.db.collection('dead_letters')
  await until('both are parked', async () => (await letters.countDocuments({ group: /projection/ })) === 2)
  for (const admin of admins) {
    const { body } = await admin<{ deadLetters: { id: string }[] }>('/dead-letters')
    for (const { id } of body.deadLetters) {
      const path = `/dead-letters/${encodeURIComponent(id)}`
      await admin(`${path}/replay`, { method: 'POST' })
      await admin(path, { method: 'DELETE' })
    }
  }
  t.equal(await letters.countDocuments({ group: /projection/ }), 0)
}

t.test(
  'no line of a service has a token or the text of a task, and lines have trace, user and task',
  async t => {
    const task = await sendRequests(t)
    await parkMessages(t)
    t.equal((await alice('/users/me', { method: 'DELETE', headers: { prefer: 'wait' } })).status, 200)
    const about = { trace, user: 'alice', task }
    for (const route of ['/tasks', '/tasks/:id', '/tasks/:id/complete'])
      await until(`the line of ${route}`, () =>
        lines[0]?.some(
          line => line.route === route && JSON.stringify({ ...line, ...about }) === JSON.stringify(line),
        ),
      )
    await until('the line of the deletion', () =>
      lines[1]?.some(({ msg }) => msg === 'deleted a dead letter'),
    )
    const all = lines.flat().map(line => JSON.stringify(line))
    t.strictSame(
      all.filter(line => [mark, ...Object.values(bearers)].some(secret => line.includes(secret))),
      [],
    )
  },
)
