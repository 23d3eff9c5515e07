import { client, LONG, token, until } from '@daybook/shared/testing'
import t from 'tap'
import { startCommand } from '../support/commands.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'
import { startBucket } from '../support/s3.ts'

const DAY = '2026-07-02'
const USERS = 30

// bucket.int.test.ts tests the bucket in each test run.
const skip = !LONG && 'npm run test:long runs it'

t.test('a day is written to a bucket whose server is killed and starts again', { skip }, async t => {
  const bucket = await startBucket(t)
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack, bucket.env('logs/of/reporting'))
  const events = Array.from({ length: USERS }, (_, i) => completed(`user-${i}`, DAY))
  await bench.publish(...events)
  await bucket.kill()
  await bench.endDay(DAY)
  const ready = () => client(reporting.url, '')<{ troubles: object }>('/health/ready')
  const waiting = await until('the writers wait', async () => {
    const { status, body } = await ready()
    return status === 503 && /BucketError|bucket/.test(JSON.stringify(body.troubles)) && body
  })
  t.match(JSON.stringify(waiting.troubles), /PutObject|ListObjectsV2/)
  t.equal((await reporting.operator(`/days/${DAY}/log?user=user-1`)).status, 503)

  await bucket.restart()
  t.match(await reporting.runDone(DAY), { jobs: USERS, written: USERS, failed: 0 })
  await until('the service is ready', async () => (await ready()).status === 200)
  t.equal(await bench.stack.db.collection('dead_letters').countDocuments(), 0, 'nothing is parked')
  const headers = { authorization: `Bearer ${await token('user-1')}` }
  const log = await fetch(`${reporting.url}/days/${DAY}/log`, { headers })
  t.equal(log.headers.get('content-type'), 'text/plain; charset=utf-8')
  t.match(await log.text(), 'Water the plants')
  t.strictSame(await bench.list(), [], 'there is no folder')

  const target = bucket.env('logs/of/reporting')
  const stack = { ...bench.stack, env: { ...bench.stack.env, ...target } }
  const { code, lines } = await startCommand(t, stack, 'verify', DAY).ended
  t.match(lines.join('\n'), `${USERS} completions of ${USERS} users, no difference`)
  t.equal(code, 0)
})
