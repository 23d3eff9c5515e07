import { until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import type { Message } from '../../src/live/message.ts'
import { problem } from '../browser.ts'

const { keepStream } = await import('../../src/live/keep-stream.ts')

const SILENCE_MS = 40_000

/** Keeps a stream as the console does, in a browser whose pauses take no time, until the test ends. */
function keep(t: Test, ask: () => Promise<Response>) {
  const told: Message[] = []
  const pauses: number[] = []
  const setTimeout = (run: () => void, ms: number) => {
    if (ms >= SILENCE_MS) return 0
    pauses.push(ms)
    return globalThis.setTimeout(run, 1)
  }
  t.intercept(globalThis, 'window', { value: Object.assign(Object.create(globalThis), { setTimeout }) })
  t.intercept(globalThis, 'fetch', { value: ask })
  const stop = new AbortController()
  let expired = false
  const expire = () => {
    expired = true
  }
  const tell = (message: Message) => told.push(message)
  const position = () => undefined
  const kept = keepStream({ token: '', position, tell, expire, signal: stop.signal }).catch(() => undefined)
  t.teardown(() => {
    stop.abort()
    return kept
  })
  const refusals = () =>
    told.flatMap(message => (message.type === 'refusal' ? [message.problem?.status] : []))
  return { told, pauses, refusals, isExpired: () => expired }
}

const page = (status: number) =>
  new Response('<p>Sign in to the network</p>', { status, headers: { 'content-type': 'text/html' } })
const stream = () => new Response('event: position\ndata: {}\nid: 1\n\n')

t.test(
  'too many streams are told until there is one, and the next try is not earlier than the gateway asks',
  async t => {
    const full = problem(429)
    full.headers.set('retry-after', '5')
    const answers = [full, stream()]
    const { refusals, pauses } = keep(t, async () => answers.shift() ?? page(401))
    await until('it has asked for all', () => refusals().length === 3)
    t.strictSame(refusals(), [429, undefined, undefined])
    t.ok(Number(pauses[0]) >= 5250)
    t.ok(Number(pauses[1]) <= 500, 'after a stream it asks soon')
  },
)

for (const [what, status, told] of [
  ['a proxy that forbids it', 403, 403],
  ['a gateway that fails', 500, 500],
  ['a page of something else', 200, 502],
] as const) {
  t.test(`${what} is told`, async t => {
    const { refusals, isExpired } = keep(t, async () => page(status))
    await until('it is told', () => refusals().includes(told))
    t.notOk(isExpired())
  })
}

t.test('a gateway that has just started refuses once, which is not told', async t => {
  const answers = [page(503), page(503), stream(), page(503)]
  const { refusals, isExpired } = keep(t, async () => answers.shift() ?? page(401))
  await until('it has asked for all', isExpired)
  t.strictSame(refusals(), [undefined, 503, undefined, undefined, undefined])
})

t.test('a refused token ends it', async t => {
  const { isExpired, told } = keep(t, async () => page(401))
  await until('it has ended', isExpired)
  t.strictSame(told, [])
})
