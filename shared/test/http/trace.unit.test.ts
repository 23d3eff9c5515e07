import { type Test, test } from 'tap'
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
