import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { client, spawnProgram, until, watchTopic } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { engineAnswers } from '../../local/containers/engine.ts'
import { ROOT } from '../../local/paths.ts'
import { startProgram } from '../../local/test/support/program.ts'
import { type Compose, composeProject } from './support/compose.ts'

// The test builds the image and starts the whole stack twice.
t.setTimeout(280_000)

const skip = (await engineAnswers()) ? false : 'no Docker engine answers'
const scaled = ['up', '--wait', '--scale', 'reporting=3']

t.test(
  'docker compose starts the stack, which writes the log files of the demo and keeps its data',
  { skip },
  async t => {
    const project = await composeProject(t)
    await project.compose('up', '--wait', '--build')
    await t.test('npm run demo imports the example list and shows its log files', t =>
      demonstrate(t, project),
    )
    await t.test('the gateway serves the console and all services', t => look(t, project))
    await t.test('a worker on the host runs a job', t => work(t, project))
    await t.test('after a kill of three reporting processes during the demo, every log file is complete', t =>
      kill(t, project),
    )
    await project.compose('down')
    await project.compose('up', '--wait')
    await t.test('after down and up, the data are there', t => find(t, project))
  },
)

async function demonstrate(t: Test, { env, dir, kafka }: Compose): Promise<void> {
  const demo = startProgram(t, 'demo', [], env)
  t.equal(await demo.gone, 0, 'the demo succeeds')
  t.match(demo.output(), join(dir, 'compose', 'logs'), 'the demo shows log files of the host')
  t.match(demo.output(), /alice\.log\n/)
  const records = await watchTopic(t, { brokers: [kafka], prefix: '' }, 'daybook.tasks')
  const completed = () => records.filter(({ headers }) => headers.ce_type === 'TaskCompleted').length
  await until('a consumer on the host has read all completions', () => completed() === 17)
}

async function look(t: Test, { env }: Compose): Promise<void> {
  const url = `http://127.0.0.1:${env.GATEWAY_PORT}`
  t.match(await (await fetch(url)).text(), /<title>/)
  const made = startProgram(t, 'token', ['op', '--admin'], env)
  t.equal(await made.gone, 0)
  const operator = client(url, made.output().trim())
  for (const path of ['/tasks', '/runs', '/schedules']) t.equal((await operator(path)).status, 200, path)
}

async function work(t: Test, { env, kafka }: Compose): Promise<void> {
  const operator = startProgram(t, 'token', ['op', '--admin'], env)
  t.equal(await operator.gone, 0)
  spawnProgram(t, join(ROOT, 'examples/workers/typescript/send-invoice.ts'), {
    env: { KAFKA_BROKERS: kafka },
  })
  const scheduler = client(`http://127.0.0.1:${env.SCHEDULER_PORT}`, operator.output().trim())
  const job = { body: { kind: 'add', data: { x: 2, y: 3 } }, headers: { prefer: 'wait=60' } }
  t.match(await scheduler('/jobs', job), { body: { state: 'succeeded', result: 5 } })
}

async function kill(t: Test, { compose, env, dir, kafka }: Compose): Promise<void> {
  await compose(...scaled)
  const records = await watchTopic(t, { brokers: [kafka], prefix: '' }, 'daybook.tasks')
  const list = join(dir, 'list.txt')
  await writeFile(list, Array.from({ length: 400 }, (_, n) => `x task ${n} for:person${n % 10}\n`).join(''))
  const demo = startProgram(t, 'demo', [list], env)
  await until('tasks are completed', () => records.length > 100)
  await compose('kill', '--signal', 'KILL', 'reporting')
  await compose(...scaled)
  t.equal(await demo.gone, 0, 'the demo finds each log complete')
  t.match(demo.output(), /400 tasks created, 400 completed/)
}

async function find(t: Test, { env }: Compose): Promise<void> {
  const token = startProgram(t, 'token', ['person7'], env)
  t.equal(await token.gone, 0)
  const person = client(`http://127.0.0.1:${env.TASKS_PORT}`, token.output().trim())
  const { body } = await person<{ tasks: unknown[] }>('/tasks?status=completed&limit=200')
  t.equal(body.tasks.length, 40)
}
