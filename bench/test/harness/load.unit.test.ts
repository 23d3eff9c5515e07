import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { openLoad } from '../../harness/load.ts'

t.test(
  'a load sends each request once, at most one on each connection, and gives each answer to its request',
  async t => {
    const seen: string[] = []
    let [open, most] = [0, 0]
    const server = createServer((request, response) => {
      open += 1
      most = Math.max(most, open)
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      // An answer in two parts, and in a later turn than its request.
      setImmediate(() => {
        open -= 1
        const body = JSON.stringify({ path: request.url })
        response.writeHead(200, { 'content-length': body.length })
        response.write(body.slice(0, 3))
        response.end(body.slice(3))
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.close())
    const load = await openLoad(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 3)
    t.teardown(load.close)
    const requests = Array.from({ length: 20 }, (_, i) => ({
      method: 'GET' as const,
      path: `/${i}`,
      bearer: 'x',
    }))
    const bodies: string[] = []
    const keep = ({ body }: { body: string }, place: number) => {
      bodies[place] = body
    }
    await load.flood(requests, keep)
    t.strictSame(
      bodies.splice(0),
      requests.map(({ path }) => JSON.stringify({ path })),
    )
    await load.pace(requests, 10_000, keep)
    t.strictSame(
      bodies,
      requests.map(({ path }) => JSON.stringify({ path })),
    )
    t.strictSame(seen.sort(), [...requests, ...requests].map(({ path }) => `GET ${path} Bearer x`).sort())
    t.ok(most <= 3)
  },
)

t.test('an answer that is not 2xx fails the load', async t => {
  const server = createServer((_, response) => response.writeHead(503, { 'content-length': 4 }).end('away'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const load = await openLoad(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1)
  t.teardown(load.close)
  await t.rejects(load.flood([{ method: 'GET', path: '/' }]), /503: away/)
})

t.test('a connection that the service closed while it was idle is opened again', async t => {
  const server = createServer((_, response) => response.writeHead(200, { 'content-length': 2 }).end('{}'))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const closed = new Promise(resolve =>
    server.once('connection', socket => socket.once('close', () => setImmediate(resolve))),
  )
  const load = await openLoad(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 1)
  t.teardown(load.close)
  await load.send({ method: 'GET', path: '/' })
  server.closeIdleConnections()
  await closed
  t.equal((await load.send({ method: 'GET', path: '/' })).status, 200)
  await load.flood([{ method: 'GET', path: '/' }])
})
