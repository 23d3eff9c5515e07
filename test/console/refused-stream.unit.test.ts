import '../../services/console/test/browser.ts'
import { once } from 'node:events'
import { type ClientRequest, get } from 'node:http'
import { silent, token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import type { Message } from '../../services/console/src/live/message.ts'
import { openHub } from '../../services/gateway/test/support/events.ts'
import { startGateway } from '../../services/gateway/test/support/gateway.ts'

const { keepStream } = await import('../../services/console/src/live/keep-stream.ts')

const SILENCE_MS = 40_000

/** Keeps a stream as the console does, in a browser whose pauses take no time, until the test ends. */
function keep(t: Test, bearer: string, ask: (init: RequestInit) => Promise<Response>) {
  const told: Message[] = []
  const pauses: number[] = []
  const setTimeout = (run: () => void, ms: number) => {
    if (ms >= SILENCE_MS) return 0
    pauses.push(ms)
    return globalThis.setTimeout(run, 1)
  }
  t.intercept(globalThis, 'window', { value: Object.assign(Object.create(globalThis), { setTimeout }) })
  t.intercept(globalThis, 'fetch', { value: (_: string, init: RequestInit) => ask(init) })
  const stop = new AbortController()
  let expired = false
  const expire = () => {
    expired = true
  }
  const tell = (message: Message) => told.push(message)
  const position = () => undefined
  const kept = keepStream({ token: bearer, position, tell, expire, signal: stop.signal }).catch(
    () => undefined,
  )
  t.teardown(() => {
    stop.abort()
    return kept
  })
  const problem = () => {
    const last = told.findLast(message => message.type === 'refusal')
    return last?.type === 'refusal' ? last.problem : undefined
  }
  return { told, pauses, problem, isExpired: () => expired }
}

t.test('a console that has too many streams says so, and gets one when one is free', async t => {
  const { hub } = openHub()
  const { url } = await startGateway(t, {}, { events: { hub: () => hub } }, silent)
  const bearer = await token('ada')
  const open = async (): Promise<ClientRequest> => {
    const request = get(`${url}/events`, { headers: { authorization: `Bearer ${bearer}` } })
    const [answer] = await once(request, 'response')
    answer.on('error', () => undefined).resume()
    return request
  }
  const streams = await Promise.all(Array.from({ length: 100 }, open))
  const { told, pauses, problem } = keep(t, bearer, init => realFetch(`${url}/events`, init))
  const found = await until('it is told', problem)
  t.match(found, { status: 429, detail: /100 streams of events open.* Close tabs/ })
  t.ok(
    pauses.every(ms => ms >= 5000),
    'it waits as long as the gateway asks for',
  )
  streams[0]?.destroy()
  await until('it has a stream', () => told.some(({ type }) => type === 'position'))
  t.equal(problem(), undefined)
})

const realFetch = globalThis.fetch
const page = (status: number) =>
  new Response('<p>Sign in to the network</p>', { status, headers: { 'content-type': 'text/html' } })

for (const [what, status, told] of [
  ['a proxy that forbids it', 403, 403],
  ['a gateway that fails', 500, 500],
  ['a page of something else', 200, 502],
] as const) {
  t.test(`${what} is told`, async t => {
    const { problem, isExpired } = keep(t, '', async () => page(status))
    t.match(await until('it is told', problem), { status: told })
    t.notOk(isExpired())
  })
}

t.test('a gateway that has just started refuses once, which is not told', async t => {
  const answers = [page(503), page(503), new Response('event: position\ndata: {}\nid: 1\n\n'), page(503)]
  let asked = 0
  const { told } = keep(t, '', async () => {
    asked += 1
    return answers[asked - 1] ?? page(401)
  })
  await until('it has asked for all', () => asked > answers.length)
  const refusals = told.flatMap(message => (message.type === 'refusal' ? [message.problem?.status] : []))
  t.strictSame(refusals, [undefined, 503, undefined, undefined, undefined])
})

t.test('a refused token ends it', async t => {
  const { isExpired, told } = keep(t, '', async () => page(401))
  await until('it has ended', isExpired)
  t.strictSame(told, [])
})
