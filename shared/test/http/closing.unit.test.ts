import { test } from 'tap'
import { asAlice, makeApp } from './make-app.ts'

test('an answer of a server that closes meanwhile closes its connection', async t => {
  const app = await makeApp(t)
  const [started, closing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const go = Promise.withResolvers<void>()
  app.addHook('preClose', async () => closing.resolve())
  app.get('/slow', async () => {
    started.resolve()
    await go.promise
    return 'done'
  })
  const url = await app.listen({ port: 0 })
  const get = async (path: string) => fetch(url + path, { headers: await asAlice() })
  t.equal((await get('/me')).headers.get('connection'), 'keep-alive')
  const answer = get('/slow')
  await started.promise
  const closed = app.close()
  await closing.promise
  go.resolve()
  t.equal((await answer).headers.get('connection'), 'close')
  t.equal(await (await answer).text(), 'done')
  await closed
})
