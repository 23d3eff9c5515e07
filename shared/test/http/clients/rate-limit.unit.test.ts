import { test } from 'tap'
import { countRequests } from '../../../src/http/clients/rate-limit.ts'
import { token } from '../../support/index.ts'
import { asAlice, bearer, makeApp } from '../make-app.ts'

test('a user may send a burst, and then as many requests as a second allows', async t => {
  const take = countRequests({ perSecond: 2, burst: 3 })
  const at = (now: number) => take('alice', now)
  t.strictSame(
    [at(0), at(0), at(0)].map(({ remaining }) => remaining),
    [2, 1, 0],
  )
  t.match(at(0), { wait: 500, remaining: 0, full: 1500 })
  t.match(at(499), { wait: 1 }, 'a refused request costs nothing')
  t.match(at(500), { wait: 0, remaining: 0 })
  t.match(take('bob', 500), { wait: 0, remaining: 2 }, 'others have their own')
  t.match(at(10_000), { wait: 0, remaining: 2, full: 500 })
})

test('a burst of any size is exact', async t => {
  const take = countRequests({ perSecond: 3, burst: 1000 })
  let allowed = 0
  while (take('alice', 12_345.678).wait === 0) allowed += 1
  t.equal(allowed, 1000)
})

test('a million users need bounded memory, and the users of the latest requests are remembered', async t => {
  const take = countRequests({ perSecond: 1, burst: 2 })
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 1_000_000; n += 1) take(`user ${n}`, 0)
  global.gc?.()
  t.ok(process.memoryUsage().heapUsed - before < 100e6)
  t.match(take('user 999999', 0), { remaining: 0 })
  t.match(take('user 0', 0), { remaining: 1 }, 'forgotten')
})

test('a user with too many requests gets 429 and learns when to send the next one', async t => {
  const app = await makeApp(t, { clients: { rate: { perSecond: 0.01, burst: 2 } } })
  const headers = await asAlice()
  const ask = () => app.inject({ url: '/me', headers })
  const [first, second, third] = [await ask(), await ask(), await ask()]
  t.match(first, { statusCode: 200, headers: { ratelimit: '"user";r=1;t=100' } })
  t.equal(second.statusCode, 200)
  t.match(third, {
    statusCode: 429,
    headers: { ratelimit: /^"user";r=0;t=\d+$/, 'ratelimit-policy': '"user";q=2;w=200' },
  })
  t.match(third.json(), { type: 'urn:daybook:error:DAYBOOK_TOO_MANY_REQUESTS', status: 429 })
  t.ok(Number(third.headers['retry-after']) > 90)
  t.equal((await app.inject({ url: '/me', headers: bearer(await token('bob')) })).statusCode, 200)
  t.equal((await app.inject('/health/live')).statusCode, 200)
})

test('operators and programs have no limit', async t => {
  const app = await makeApp(t, { clients: { rate: { perSecond: 0.01, burst: 1 } } })
  for (const options of [{ admin: true }, { scope: 'worker' }, { scope: 'jobs' }]) {
    const headers = bearer(await token('program', options))
    for (let n = 0; n < 3; n += 1) t.equal((await app.inject({ url: '/me', headers })).statusCode, 200)
  }
})
