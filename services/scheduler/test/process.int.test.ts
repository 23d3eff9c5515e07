import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeStack, spawnProgram } from '@daybook/shared/testing'
import { test } from 'tap'
import { few, startScheduler } from './support/scheduler.ts'

test('SIGTERM ends the scheduler with exit code 0', async t => {
  const stack = await makeStack(t)
  const scheduler = await startScheduler(t, stack, few)
  t.equal(await scheduler.end('SIGTERM'), 0)
})

test('wrong settings end the scheduler with exit code 1 and one message that names all of them', async t => {
  const main = fileURLToPath(import.meta.resolve('../src/main.ts'))
  const env = { PORT: 'x', TIME_ZONES: 'UTC,Mars/Base', KAFKA_BROKERS: 'nowhere', LOG_LEVEL: 'loud' }
  const { process: child, gone } = spawnProgram(t, main, { env })
  const output = await text(child.stdout)
  t.equal(await gone, 1)
  const lines = output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { level: number; msg: string })
  const fatal = lines.filter(({ level }) => level === 60)
  t.equal(fatal.length, 1)
  for (const name of ['PORT', 'TIME_ZONES', 'KAFKA_BROKERS', 'LOG_LEVEL', 'AUTH_SECRET'])
    t.match(fatal[0]?.msg, name)
})
