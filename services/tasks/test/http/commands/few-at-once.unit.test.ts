import { until } from '@daybook/shared/testing'
import fastify from 'fastify'
import { test } from 'tap'
import { fewAtOnce } from '../../../src/http/commands/few-at-once.ts'

test('few requests are in hand, and one that ends or is aborted lets the next one in', async t => {
  const app = fastify()
  const seen = { asked: 0, aborted: 0 }
  const inHand = new Map<unknown, () => void>()
  app.addHook('onRequest', async () => {
    seen.asked += 1
  })
  app.addHook('onRequestAbort', async _request => {
    seen.aborted += 1
  })
  app.post(
    '/',
    { onRequest: fewAtOnce(2) },
    ({ headers }) => new Promise<string>(resolve => inHand.set(headers.name, () => resolve('done'))),
  )
  const url = await app.listen({ port: 0 })
  t.teardown(() => app.close())
  const send = (name: string, signal: AbortSignal | null = null) =>
    fetch(url, { method: 'POST', headers: { name }, signal })
  const [first, second] = [send('first'), send('second')]
  await until('two requests are in hand', () => inHand.size === 2)
  const leaves = new AbortController()
  const third = send('third', leaves.signal)
  third.catch(() => undefined)
  await until('the third waits', () => seen.asked === 3)
  const fourth = send('fourth')
  await until('the fourth waits', () => seen.asked === 4)
  t.equal(inHand.size, 2)
  leaves.abort()
  await until('the service knows that the third has left', () => seen.aborted === 1)
  inHand.get('first')?.()
  t.equal(await (await first).text(), 'done')
  await until('the fourth is in hand', () => inHand.has('fourth'))
  for (const answer of inHand.values()) answer()
  t.equal((await fourth).status, 200)
  t.equal((await second).status, 200)
})
