import { test } from 'tap'
import { makeApp } from './make-app.ts'

test('/health/live answers without a token, also when a check fails', async t => {
  const app = await makeApp(t, { checks: { kafka: () => 'away' } })
  const answer = await app.inject('/health/live')
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { status: 'ok', troubles: {} })
})

test('/health/ready is 200 when all checks pass', async t => {
  const app = await makeApp(t, { checks: { kafka: () => undefined, mongodb: async () => undefined } })
  const answer = await app.inject('/health/ready')
  t.equal(answer.statusCode, 200)
  t.strictSame(answer.json(), { status: 'ok', troubles: {} })
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
  const consumers = () => [
    {
      group: 'readers',
      topic: 'letters',
      trouble: () => undefined,
      measured: () => ({ lags: [{ partition: 2, position: 40n, end: 2n ** 60n }], at }),
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
    },
    { group: 'new', topic: 'letters', state: 'not in its consumer group', measuredAt: null, partitions: [] },
  ])
})
