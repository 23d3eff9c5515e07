import { toMessage, topics } from '@daybook/shared/events'
import { connectKafka } from '@daybook/shared/kafka'
import { client, logLines, makeStack, silent, startService, token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { taskExamples } from '../shared/src/contract/examples.ts'

const mark = 'zebra-5d1c'
const texts = { name: `${mark} name`, notes: `${mark} notes`, tags: [`${mark} tag`] }

const stack = await makeStack(t)
const env = { ...stack.env, LOG_LEVEL: 'trace' }
const [tasks, reporting, scheduler] = await Promise.all([
  startService(t, 'tasks', env),
  startService(t, 'reporting', env),
  startService(t, 'scheduler', env),
])
const gateway = await startService(t, 'gateway', {
  ...env,
  TASKS_URL: tasks.url,
  REPORTING_URL: reporting.url,
  SCHEDULER_URL: scheduler.url,
})
const lines = {
  tasks: logLines(tasks),
  reporting: logLines(reporting),
  scheduler: logLines(scheduler),
  gateway: logLines(gateway),
}
const bearers = {
  alice: await token('alice'),
  jobs: await token('alice', { scope: 'jobs' }),
  root: await token('root', { admin: true }),
}
const alice = client(gateway.url, bearers.alice)
const jobs = client(gateway.url, bearers.jobs)
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
  t.equal((await client(gateway.url, mark)('/tasks')).status, 401)
  t.equal((await fetch(`${gateway.url}/tasks`, { method: 'POST', body: `{"name":"${mark}` })).status, 401)
  return body.id
}

/** Adds a job whose data have the text, has jobs refused, and signs in. @returns the codes of the sign-ins */
async function useOtherServices(t: Test): Promise<string[]> {
  t.equal((await jobs('/jobs', { body: { kind: 'unknown', data: texts }, headers })).status, 202)
  for (const refused of [{ kind: 'unknown', data: texts, lane: [mark] }, { data: mark }, mark])
    t.equal((await jobs('/jobs', { body: refused })).status, 400)
  for (const query of [`cursor=${mark}`, `token=${bearers.alice}`]) await jobs(`/jobs?${query}`)
  const { body } = await alice<{ code: string }>('/sign-in/codes', { method: 'POST' })
  const signIn = (code: string) => alice('/sign-in', { body: { code } })
  t.equal((await signIn(body.code)).status, 200)
  t.equal((await signIn(body.code)).status, 401)
  t.equal((await signIn(mark)).status, 400)
  return [body.code]
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
    const { body } = await admin<{ deadLetters: { id: string }[] }>(`/dead-letters?text=${mark}`)
    await admin('/dead-letters/replay', { body: { filter: { text: mark } } })
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
    const codes = await useOtherServices(t)
    await parkMessages(t)
    t.equal((await alice('/users/me', { method: 'DELETE', headers: { prefer: 'wait' } })).status, 200)
    const about = { trace, user: 'alice', task }
    for (const route of ['/tasks', '/tasks/:id', '/tasks/:id/complete'])
      await until(`the line of ${route}`, () =>
        lines.tasks.some(
          line => line.route === route && JSON.stringify({ ...line, ...about }) === JSON.stringify(line),
        ),
      )
    await until('the line of the job', () =>
      lines.scheduler.some(line => line.route === '/jobs' && line.trace === trace && line.user === 'alice'),
    )
    await until('the line of the replay of what was searched', () =>
      lines.reporting.some(({ msg }) => msg === 'replayed dead letters'),
    )
    await until('the line of the deletion', () =>
      lines.reporting.some(({ msg }) => msg === 'deleted a dead letter'),
    )
    for (const [name, { length }] of Object.entries(lines)) t.ok(length > 0, `${name} has written lines`)
    const all = Object.values(lines)
      .flat()
      .map(line => JSON.stringify(line))
    t.strictSame(
      all.filter(line => [mark, ...codes, ...Object.values(bearers)].some(secret => line.includes(secret))),
      [],
    )
  },
)
