import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeStack, type Stack, spawnProgram, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { completed, makeBench, startReporting } from './support/reporting.ts'

t.test('told to stop, it finishes what it has in hand and ends with code 0', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const day = '2026-07-01'
  await bench.publish(...Array.from({ length: 50 }, (_, i) => completed(`user-${i}`, day)))
  await bench.endDay(day)
  await until('it is at it', async () => (await bench.list(day)).length > 0)
  t.equal(await reporting.end('SIGTERM'), 0)
  t.strictSame(await bench.list('.tmp'), [])
  const leased = { leaseOwner: { $exists: true } }
  t.equal(await bench.stack.db.collection('runs').countDocuments(leased), 0, 'who comes next need not wait')
  const next = await startReporting(t, bench.stack)
  t.match(await next.runDone(day), { jobs: 50, written: 50 })
  t.equal((await bench.list(day)).length, 100)
})

t.test('it is ready when it has MongoDB and is in its consumer groups', async t => {
  const stack = await makeStack(t)
  const reporting = await startReporting(t, stack)
  await until('it is ready', async () => (await reporting.operator('/health/ready')).status === 200)
  t.equal((await fetch(`${reporting.url}/health/live`)).status, 200)
  t.equal(await reporting.end('SIGTERM'), 0)
})

t.test('wrong settings end it with code 1, all of them named', async t => {
  const stack = await makeStack(t)
  const { code, fatal } = await endOf(t, stack, {
    PORT: '70000',
    TASK_FILES: 'perhaps',
    AUTH_SECRET: 'short',
  })
  t.equal(code, 1)
  for (const name of ['PORT', 'TASK_FILES', 'AUTH_SECRET']) t.match(fatal, name)
})

t.test('a folder for the log files that cannot be made ends it with code 1', async t => {
  const stack = await makeStack(t)
  const { code, fatal } = await endOf(t, stack, { LOG_DIR: '/dev/null/logs' })
  t.equal(code, 1)
  t.match(fatal, /\/dev\/null/)
})

/** Starts the service with settings it can't start with, and waits for its end. */
async function endOf(t: Test, stack: Stack, env: Record<string, string>) {
  const main = fileURLToPath(import.meta.resolve('../src/main.ts'))
  const { process: child, gone } = spawnProgram(t, main, { env: { ...stack.env, ...env } })
  const output = await text(child.stdout)
  const code = await gone
  const lines = output.trim().split('\n')
  return { code, fatal: lines.filter(line => line.includes('"level":60')).join('\n') }
}
