import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { makeStack, type Stack, setOffset, spawnProgram, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { lateWriterGroup } from '../src/groups.ts'
import { lateRequestTopic } from '../src/logs/log-requests.ts'
import { completed, makeBench, startReporting } from './support/reporting.ts'

t.test('on SIGTERM the service finishes its work and exits with code 0', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const day = '2026-07-01'
  await bench.publish(...Array.from({ length: 50 }, (_, i) => completed(`user-${i}`, day)))
  await bench.endDay(day)
  await until('the first files are written', async () => (await bench.list(day)).length > 0)
  t.equal(await reporting.end('SIGTERM'), 0)
  t.strictSame(await bench.list('.tmp'), [])
  const leased = { leaseOwner: { $exists: true } }
  t.equal(
    await bench.stack.db.collection('runs').countDocuments(leased),
    0,
    'the next process does not have to wait for a lease',
  )
  const next = await startReporting(t, bench.stack)
  t.match(await next.runDone(day), { jobs: 50, written: 50 })
  t.equal((await bench.list(day)).length, 100)
})

t.test('the service is ready when it has MongoDB and its consumers are in their groups', async t => {
  const stack = await makeStack(t)
  const reporting = await startReporting(t, stack)
  await until('the service is ready', async () => (await reporting.operator('/health/ready')).status === 200)
  t.equal((await fetch(`${reporting.url}/health/live`)).status, 200)
  t.equal(await reporting.end('SIGTERM'), 0)
})

t.test('with wrong settings the service exits with code 1 and names all of them', async t => {
  const stack = await makeStack(t)
  const { code, fatal } = await endOf(t, stack, {
    PORT: '70000',
    TASK_FILES: 'perhaps',
    ROLES: 'runs,writer',
    AUTH_SECRET: 'short',
    S3_ACCESS_KEY_ID: 'someone',
    LOG_RETENTION_DAYS: '30',
    LOG_GZIP_AFTER_DAYS: '30',
  })
  t.equal(code, 1)
  for (const name of ['PORT', 'TASK_FILES', 'AUTH_SECRET', 'S3_ACCESS_KEY_ID', 'LOG_GZIP_AFTER_DAYS'])
    t.match(fatal, name)
  t.match(fatal, 'ROLES: \\"writer\\" is not a role: the roles are projection, runs, writers')
})

t.test('the service exits with code 1 when it cannot make the folder of the log files', async t => {
  const stack = await makeStack(t)
  const { code, fatal } = await endOf(t, stack, { LOG_DIR: '/dev/null/logs' })
  t.equal(code, 1)
  t.match(fatal, /\/dev\/null/)
})

t.test(
  'a consumer whose next records are no longer in the log ends the service, which names them',
  async t => {
    const { stack } = await makeBench(t)
    await setOffset(stack, { group: lateWriterGroup, topic: lateRequestTopic.name, offset: 9 })
    const { code, fatal } = await endOf(t, stack, {})
    t.equal(code, 1)
    t.match(fatal, 'DAYBOOK_KAFKA_OFFSETS_GONE')
    t.match(
      fatal,
      /reporting-late-writer has read \S+daybook.reporting.late\/0 up to 9, the log holds 0 to 0/,
    )
  },
)

/** Starts the service with wrong settings, and waits for its exit. */
async function endOf(t: Test, stack: Stack, env: Record<string, string>) {
  const main = fileURLToPath(import.meta.resolve('../src/main.ts'))
  const { process: child, gone } = spawnProgram(t, main, { env: { ...stack.env, ...env } })
  const output = await text(child.stdout)
  const code = await gone
  const lines = output.trim().split('\n')
  return { code, fatal: lines.filter(line => line.includes('"level":60')).join('\n') }
}
