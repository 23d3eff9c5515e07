import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { few, startScheduler } from './support.ts'

test('SIGTERM ends it with code 0', async t => {
  const stack = await makeStack(t)
  const scheduler = await startScheduler(t, stack, few)
  t.equal(await scheduler.end('SIGTERM'), 0)
})

test('wrong settings end it with code 1 and one message that names them all', async t => {
  const main = fileURLToPath(import.meta.resolve('../src/main.ts'))
  const env = { PORT: 'x', TIME_ZONES: 'UTC,Mars/Base', KAFKA_BROKERS: 'nowhere', LOG_LEVEL: 'loud' }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  t.strictSame(await once(child, 'close'), [1, null])
  const told = output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { level: number; msg: string })
  const fatal = told.filter(({ level }) => level === 60)
  t.equal(fatal.length, 1)
  for (const name of ['PORT', 'TIME_ZONES', 'KAFKA_BROKERS', 'LOG_LEVEL', 'AUTH_SECRET'])
    t.match(fatal[0]?.msg, name)
})
