import { glob, readFile } from 'node:fs/promises'
import { test } from 'tap'
import { version } from '../../src/process/version.ts'
import { makeApp } from './make-app.ts'

test('/health/live answers without a token, also when a check fails', async t => {
  const app = await makeApp(t, { checks: { kafka: () => 'away' } })
  const answer = await app.inject('/health/live')
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { status: 'ok', troubles: {}, version })
})

test('/health/ready is 200 when all checks pass', async t => {
  const app = await makeApp(t, { checks: { kafka: () => undefined, mongodb: async () => undefined } })
  const answer = await app.inject('/health/ready')
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { status: 'ok', troubles: {}, version })
})

test('/health/ready is 503 and lists each trouble, also of a check that throws', async t => {
  const checks = {
    fine: () => undefined,
    kafka: () => 'not in its consumer group yet',
    mongodb: async () => {
      throw new Error('connection refused')
    },
  }
  const answer = await (await makeApp(t, { checks })).inject('/health/ready')
  t.equal(answer.statusCode, 503)
  t.strictSame(answer.json(), {
    status: 'not ready',
    troubles: { kafka: 'not in its consumer group yet', mongodb: 'connection refused' },
    version,
  })
})

test('each request runs the checks again', async t => {
  let trouble: string | undefined = 'starting'
  const app = await makeApp(t, { checks: { it: () => trouble } })
  t.equal((await app.inject('/health/ready')).statusCode, 503)
  trouble = undefined
  t.equal((await app.inject('/health/ready')).statusCode, 200)
})

test('/health/ready shows the state of each consumer, and how far it is', async t => {
  const at = new Date('2026-03-14T09:00:00Z')
  const own = { partition: 2, position: 40n, end: 2n ** 60n }
  const other = { partition: 1, position: 5n, end: 9n, behindMs: 12_345 }
  const consumers = () => [
    {
      group: 'readers',
      topic: 'letters',
      trouble: () => undefined,
      measured: () => ({ lags: [own], groupLags: [other, own], at }),
    },
    { group: 'new', topic: 'letters', trouble: () => 'not in its consumer group', measured: () => undefined },
  ]
  const app = await makeApp(t, { consumers })
  t.strictSame((await app.inject('/health/ready')).json().consumers, [
    {
      group: 'readers',
      topic: 'letters',
      state: 'consuming',
      measuredAt: '2026-03-14T09:00:00.000Z',
      partitions: [{ partition: 2, position: '40', lag: '1152921504606846936' }],
      groupPartitions: [
        { partition: 1, position: '5', lag: '4', behindSeconds: 12 },
        { partition: 2, position: '40', lag: '1152921504606846936' },
      ],
    },
    {
      ...{ group: 'new', topic: 'letters', state: 'not in its consumer group', measuredAt: null },
      ...{ partitions: [], groupPartitions: [] },
    },
  ])
})

test('all packages of Daybook have the same version, which a process tells', async t => {
  const root = new URL('../../../', import.meta.url)
  const packages = await Array.fromAsync(glob('{,shared/,shared/*/,services/*/}package.json', { cwd: root }))
  t.ok(packages.length > 7)
  for (const path of packages) {
    const text = await readFile(new URL(path, root), 'utf8')
    t.equal((JSON.parse(text) as { version: string }).version, version, path)
  }
})
