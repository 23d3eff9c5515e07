import { once } from 'node:events'
import { createServer, get } from 'node:http'
import { memoryLog, token, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { type Echo, echo, NOWHERE, startFake, startGateway } from '../support/gateway.ts'

test('requests and answers pass as they are', async t => {
  const { url } = await startGateway(t, { tasks: await startFake(t, echo('tasks')) })
  const headers = {
    authorization: 'Bearer x',
    'content-type': 'application/merge-patch+json',
    'idempotency-key': 'k1',
    'if-match': '"3"',
    prefer: 'wait=3',
    traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  }
  const path = '/tasks/1?status=open&q=a%20b'
  const answer = await fetch(url + path, { method: 'PATCH', headers, body: '{ "name": "ä" }' })
  const seen = (await answer.json()) as Echo
  t.match(seen, { name: 'tasks', method: 'PATCH', url: path, body: '{ "name": "ä" }', headers })
  t.match(Object.fromEntries(answer.headers), { etag: '"7"', ratelimit: '"user";r=1;t=1' })
})

test('a request without a trace context gets the one that the gateway logs', async t => {
  const { url } = await startGateway(t, { tasks: await startFake(t, echo('tasks')) })
  const { headers } = (await (await fetch(`${url}/tasks`)).json()) as Echo
  t.match(headers.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
})

test('each service has its paths, and all of its paths below /services', async t => {
  const { url } = await startGateway(t, {
    tasks: await startFake(t, echo('tasks')),
    reporting: await startFake(t, echo('reporting')),
    scheduler: await startFake(t, echo('scheduler')),
  })
  const seen = async (path: string) => (await (await fetch(url + path)).json()) as Echo
  t.match(await seen('/days/2026-11-22/log'), { name: 'reporting', url: '/days/2026-11-22/log' })
  t.match(await seen('/jobs?state=failed'), { name: 'scheduler', url: '/jobs?state=failed' })
  t.match(await seen('/services/reporting/dead-letters?limit=1'), { url: '/dead-letters?limit=1' })
  for (const path of ['/nothing', '/services/nobody/health', '/services/%74asks/health', '/tasks/']) {
    const answer = await fetch(url + path)
    t.equal(answer.status, 404, path)
    t.match(await answer.json(), { type: 'urn:daybook:error:DAYBOOK_ROUTE_NOT_FOUND' })
  }
})

test('only admins get the health and the metrics of a service', async t => {
  const { url } = await startGateway(t, { tasks: await startFake(t, echo('tasks')) })
  const [person, admin] = [await token('ada'), await token('op', { admin: true })]
  const status = async (path: string, bearer?: string) =>
    (await fetch(url + path, { headers: bearer ? { authorization: `Bearer ${bearer}` } : {} })).status
  for (const path of ['health/ready', 'health/live', 'metrics', '%6Detrics', 'metrics?x']) {
    const at = `/services/tasks/${path}`
    t.strictSame([await status(at), await status(at, person), await status(at, admin)], [401, 403, 200], path)
  }
  const head = await fetch(`${url}/services/tasks/metrics`, { method: 'HEAD' })
  t.equal(head.status, 401)
})

test('a service that is away is a 503 of its paths only, without its address', async t => {
  const resetting = await startFake(t, request => request.socket.destroy())
  const { url } = await startGateway(t, { tasks: await startFake(t, echo('tasks')), scheduler: resetting })
  t.equal((await fetch(`${url}/tasks`)).status, 200)
  const away = await fetch(`${url}/runs`)
  t.equal(away.status, 503)
  t.equal(away.headers.get('retry-after'), '5')
  t.equal(away.headers.get('content-type'), 'application/problem+json')
  const problem = await away.text()
  t.match(problem, /DAYBOOK_SERVICE_AWAY.*reporting.*Nothing was done/)
  t.notMatch(problem, new URL(NOWHERE).host)
  t.match(await (await fetch(`${url}/jobs`, { method: 'POST', body: '{}' })).text(), /outcome is unknown/)
})

test('a service that comes back gets its requests again', async t => {
  const first = createServer(echo('first')).listen(0, '127.0.0.1')
  await once(first, 'listening')
  const { port } = first.address() as { port: number }
  const { url } = await startGateway(t, { tasks: `http://127.0.0.1:${port}` })
  t.match(await (await fetch(`${url}/tasks`)).json(), { name: 'first' })
  first.close()
  first.closeAllConnections()
  await until('the gateway notices', async () => (await fetch(`${url}/tasks`)).status === 503)
  const second = createServer(echo('second')).listen(port, '127.0.0.1')
  t.teardown(() => second.close())
  t.teardown(() => second.closeAllConnections())
  await until('it answers again', async () => (await fetch(`${url}/tasks`)).status === 200)
})

test('an event stream begins at once, and the service sees the client leave; also one that has no answer yet', async t => {
  let left = 0
  const reporting = await startFake(t, (request, response) => {
    response.on('close', () => {
      left += 1
    })
    if (request.url === '/runs/waits') return
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: state\ndata: {}\n\n')
  })
  const { log, lines } = memoryLog()
  const { url, app } = await startGateway(t, { reporting }, {}, log)
  const streaming = get(`${url}/runs/1/progress`)
  const [answer] = await once(streaming, 'response')
  const [bytes] = await once(answer, 'data')
  t.equal(String(bytes), 'event: state\ndata: {}\n\n')
  streaming.destroy()
  await until('the service sees that the stream is left', () => left === 1)
  const waiting = get(`${url}/runs/waits`).on('error', () => undefined)
  await once(waiting, 'socket')
  setImmediate(() => waiting.destroy())
  await until('the service sees that the request is left', () => left === 2)
  await app.close()
  t.strictSame(
    lines.filter(({ level }) => level >= 50),
    [],
    'a client that leaves is no failure',
  )
})

test('a closing gateway ends the event streams that it forwards', async t => {
  const reporting = await startFake(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(': begins\n\n')
  })
  const { app, url } = await startGateway(t, { reporting })
  const [answer] = await once(get(`${url}/runs/1/progress`), 'response')
  await once(answer, 'data')
  answer.on('error', () => undefined)
  await app.close()
  await until('the client sees the end', () => answer.closed)
})
