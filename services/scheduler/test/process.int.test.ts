import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { incidentTopic } from '@daybook/shared/incidents/incident-events'
import { connectKafka } from '@daybook/shared/kafka'
import { type LogLine, makeStack, setOffset, silent, spawnProgram } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { incidentsGroup } from '../src/mail/incidents-consumer.ts'
import { few, startScheduler } from './support/scheduler.ts'

test('SIGTERM ends the scheduler with exit code 0', async t => {
  const stack = await makeStack(t)
  const scheduler = await startScheduler(t, stack, few)
  t.equal(await scheduler.end('SIGTERM'), 0)
})

test('wrong settings end the scheduler with exit code 1 and one message that names all of them', async t => {
  const env = { PORT: 'x', TIME_ZONES: 'UTC,Mars/Base', KAFKA_BROKERS: 'nowhere', LOG_LEVEL: 'loud' }
  const fatal = await fatalLines(t, env)
  t.equal(fatal.length, 1)
  for (const name of ['PORT', 'TIME_ZONES', 'KAFKA_BROKERS', 'LOG_LEVEL', 'AUTH_SECRET'])
    t.match(fatal[0]?.msg, name)
})

test('a consumer whose next records are no longer in the log ends the scheduler, which names them', async t => {
  const stack = await makeStack(t)
  const options = { ...stack, service: 'test', topics: [incidentTopic], log: silent, onCrash: t.fail }
  const kafka = await connectKafka(options)
  t.teardown(() => kafka.close())
  await setOffset(stack, { group: incidentsGroup, topic: incidentTopic.name, offset: 9 })
  const [fatal] = await fatalLines(t, { ...stack.env, ...few })
  t.equal(fatal?.code, 'DAYBOOK_KAFKA_OFFSETS_GONE')
  t.match(fatal?.msg, /scheduler-incidents has read \S+daybook.incidents\/0 up to 9, the log holds 0 to 0/)
})

/** Runs the scheduler until it ends with exit code 1. @returns its lines at level fatal */
async function fatalLines(t: Test, env: Record<string, string>): Promise<LogLine[]> {
  const main = fileURLToPath(import.meta.resolve('../src/main.ts'))
  const { process: child, gone } = spawnProgram(t, main, { env })
  const output = await text(child.stdout)
  t.equal(await gone, 1)
  const lines = output.trim().split('\n')
  return lines.map(line => JSON.parse(line) as LogLine).filter(({ level }) => level === 60)
}
