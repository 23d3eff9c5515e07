import { type Test, test } from 'tap'
import { memoryLog } from '../support/index.ts'
import { asAlice, makeApp } from './make-app.ts'

const trace = '0af7651916cd43dd8448eb211c80319c'

async function traceOf(t: Test, headers: Record<string, string>) {
  const app = await makeApp(t)
  const answer = await app.inject({ url: '/trace', headers: { ...(await asAlice()), ...headers } })
  const { traceparent } = answer.json() as { traceparent: string }
  const [, id, span] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0[01]$/.exec(traceparent) ?? []
  t.ok(span, traceparent)
  return { id, span }
}

test("a request in a caller's trace has a new span in that trace", async t => {
  const { id, span } = await traceOf(t, { traceparent: `00-${trace}-b7ad6b7169203331-01` })
  t.equal(id, trace)
  t.not(span, 'b7ad6b7169203331')
})

test('each request without a trace begins a new trace', async t => {
  const app = await makeApp(t)
  const headers = await asAlice()
  const [one, two] = [
    await app.inject({ url: '/trace', headers }),
    await app.inject({ url: '/trace', headers }),
  ]
  t.not(one.json().traceparent.slice(0, 35), two.json().traceparent.slice(0, 35))
})

test('an invalid trace context is replaced', async t => {
  const zeros = '0'.repeat(32)
  for (const traceparent of ['', 'x', `00-${trace}`, `00-${trace.toUpperCase()}-b7ad6b7169203331-01`]) {
    t.not((await traceOf(t, { traceparent })).id?.toLowerCase(), trace, traceparent)
  }
  t.not(
    (await traceOf(t, { traceparent: `00-${zeros}-b7ad6b7169203331-01` })).id,
    zeros,
    'all zeros is invalid',
  )
})

test('log lines have the trace, the user and the task, and nothing else of the path', async t => {
  const { log, lines } = memoryLog()
  const app = await makeApp(t, { log, failure: new Error('away') })
  const id = '019ab0c0-0000-7000-8000-000000000001'
  app.get('/tasks/:id', async () => 'ok')
  app.post('/tasks', async (_, reply) => reply.header('location', `/tasks/${id}`).send('ok'))
  const headers = { ...(await asAlice()), traceparent: `00-${trace}-b7ad6b7169203331-01` }
  const last = async (method: 'GET' | 'POST', url: string) => {
    await app.inject({ method, url, headers })
    return lines.at(-1)
  }
  const about = { trace, user: 'alice' }
  t.match(await last('GET', `/tasks/${id}?q=plants`), {
    ...about,
    task: id,
    route: '/tasks/:id',
    status: 200,
  })
  t.match(await last('POST', '/tasks'), { ...about, task: id, route: '/tasks', status: 200 })
  t.notHas(await last('GET', '/tasks/plants'), { task: '' })
  await last('GET', '/plants')
  await last('GET', '/fails')
  t.match(
    lines.find(({ level }) => level === 50),
    { ...about, err: { message: 'away' } },
  )
  t.notMatch(JSON.stringify(lines), 'plants')
  t.notMatch(JSON.stringify(lines), headers.authorization)
})
