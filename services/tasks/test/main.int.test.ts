import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeStack, spawnProgram, startService, until, watchTopic } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { as, complete, startTasks, type TaskJson, write } from './support/tasks.ts'

const main = fileURLToPath(import.meta.resolve('../src/main.ts'))

/** Runs main with wrong settings. @returns its exit code and its log lines */
async function run(t: Test, env: Record<string, string>) {
  const { process: child, gone } = spawnProgram(t, main, { env })
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), gone])
  const lines = output.split('\n').filter(Boolean)
  return {
    code,
    complaints,
    lines: lines.map(line => JSON.parse(line) as { msg: string; code?: string }),
  }
}

test('wrong settings end the process with one message that names all of them', async t => {
  const env = {
    KAFKA_BROKERS: 'nowhere',
    MONGODB_URI: 'x',
    PORT: 'y',
    LOG_LEVEL: 'loud',
    AUTH_SECRET: 'short',
  }
  const { code, lines, complaints } = await run(t, env)
  t.equal(code, 1)
  const fatal = lines.filter(line => line.code === 'DAYBOOK_CONFIG_INVALID')
  t.equal(fatal.length, 1)
  for (const name of Object.keys(env)) t.match(fatal[0]?.msg, `${name}: `)
  t.equal(complaints, '')
})

test('the log level can come from a file', async t => {
  const LOG_LEVEL_FILE = join(t.testdir({ level: 'silent\n' }), 'level')
  t.match(await run(t, { LOG_LEVEL_FILE }), { code: 1, lines: [], complaints: '' })
})

test('the process ends when nobody reads its log any more', async t => {
  const { process: child, gone } = spawnProgram(t, main, { env: {} })
  child.stdout.destroy()
  t.equal(await gone, 1)
})

test('health, metrics and documentation need no token', async t => {
  const { url } = await startTasks(t)
  for (const path of ['/health/live', '/health/ready', '/metrics', '/docs', '/docs/json']) {
    t.equal((await fetch(url + path)).status, 200, path)
  }
  const document = (await (await fetch(`${url}/docs/json`)).json()) as { paths: object }
  const paths = ['/tasks', '/tasks/{id}', '/tasks/{id}/complete', '/tasks/{id}/reopen', '/tasks/{id}/events']
  for (const path of paths) t.ok(path in document.paths, path)
})

test('on SIGTERM the process publishes its queue and ends with 0', async t => {
  const { stack, service } = await startTasks(t)
  const ask = await as(service.url, 'alice')
  const tasks = await Promise.all(Array.from({ length: 50 }, () => write(ask)))
  t.equal(await service.end('SIGTERM'), 0)
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  await until('all events are on the topic', () => seen.length >= 50)
  t.strictSame(new Set(seen.map(({ value }) => value.taskId)), new Set(tasks.map(({ id }) => id)))
})

test('during an outage of Kafka the service starts, accepts commands, and ends with 0 on SIGTERM', async t => {
  const stack = await makeStack(t)
  // A port on which nobody listens.
  const { url, end } = await startService(t, 'tasks', { ...stack.env, KAFKA_BROKERS: '127.0.0.1:1' })
  t.equal((await fetch(`${url}/health/ready`)).status, 200)
  t.match(await write(await as(url, 'alice')), { version: 1 })
  t.equal(await end('SIGTERM'), 0)
})

test('a service killed under load loses no change that it answered', async t => {
  const { stack, service } = await startTasks(t)
  const ask = await as(service.url, 'alice')
  const tasks = await Promise.all(Array.from({ length: 200 }, () => write(ask)))
  const answered: string[] = []
  await Promise.allSettled(
    tasks.map(async ({ id }) => {
      const { status } = await complete(ask, id)
      if (status === 200) answered.push(`${id}:2`)
      if (answered.length === 20) service.process.kill('SIGKILL')
    }),
  )
  t.equal(await service.gone, 'SIGKILL')
  t.ok(answered.length >= 20, `${answered.length} answered`)

  const again = await startService(t, 'tasks', stack.env)
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  const missing = () => {
    const published = new Set(seen.map(({ headers }) => headers.ce_id))
    return answered.filter(id => !published.has(id))
  }
  await until('every completion that was answered is on the topic', () => missing().length === 0)
  const askAgain = await as(again.url, 'alice')
  for (const event of answered.slice(0, 20)) {
    const [id = ''] = event.split(':')
    t.match((await askAgain<TaskJson>(`/tasks/${id}`)).body, { status: 'completed', version: 2 })
  }
  t.strictSame(
    (await complete(askAgain, tasks[0]?.id ?? '')).body.version,
    2,
    'a repeated completion changes nothing',
  )
})
