import { connect } from 'node:net'
import { type Test, test } from 'tap'
import { LIMITS, type Limits } from '../../../src/http/index.ts'
import { rawRequest, sendRaw, until } from '../../support/index.ts'
import { asAlice, makeApp } from '../make-app.ts'

async function listening(t: Test, limits: Partial<Limits> = {}) {
  const app = await makeApp(t, { limits: { ...LIMITS, ...limits } })
  app.get('/large', { config: { public: true } }, async () => 'x'.repeat(50_000_000))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const connections = () => new Promise<number>(resolve => app.server.getConnections((_, n) => resolve(n)))
  return { url, connections }
}

const open = (url: string) => connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined)

/** Sends a text at once, then single bytes at intervals until the connection is closed. */
async function drip(url: string, atOnce: string, byte: string): Promise<string> {
  const socket = open(url).setEncoding('latin1')
  let answer = ''
  socket.on('data', chunk => {
    answer += chunk
  })
  socket.write(atOnce)
  const timer = setInterval(() => socket.write(byte), 10)
  await new Promise(resolve => socket.on('close', resolve))
  clearInterval(timer)
  return answer
}

test('a request that comes one byte at a time is closed', async t => {
  const { url } = await listening(t, { head: 200, request: 400, check: 50 })
  const { authorization } = await asAlice()
  const headers = [
    `Authorization: ${authorization}`,
    'Content-Type: application/json',
    'Content-Length: 99999',
  ]
  for (const [what, atOnce] of Object.entries({
    nothing: '',
    'the path': 'GET /',
    'a header': rawRequest('GET', '/me', ['X-Slow: ']).trimEnd(),
    'a body that is needed': rawRequest('POST', '/notes', headers),
    'a body that is not needed': rawRequest('POST', '/done', headers),
    'a chunk': rawRequest(
      'POST',
      '/notes',
      [...headers.slice(0, 2), 'Transfer-Encoding: chunked'],
      'fffff\r\n',
    ),
  })) {
    const answer = await drip(url, atOnce, atOnce === '' ? '' : 'x')
    t.match(answer, /^HTTP\/1\.1 408 .*application\/problem\+json.*DAYBOOK_REQUEST_INVALID/s, what)
  }
  for (const [method, path, status] of [
    ['GET', '/me', 200],
    ['POST', '/nowhere', 404],
  ] as const) {
    const answer = await drip(url, rawRequest(method, path, headers).replace('close', 'keep-alive'), 'x')
    t.match(
      answer,
      `HTTP/1.1 ${status} `,
      `${path} is answered before its body has arrived, and the connection is then closed`,
    )
  }
})

test('a client that does not read its answer is closed', async t => {
  const { url, connections } = await listening(t, { idle: 300 })
  const socket = open(url).pause()
  t.teardown(() => socket.destroy())
  socket.write(rawRequest('GET', '/large', []))
  await until('the client is connected', async () => (await connections()) === 1)
  await until('the connection is closed', async () => (await connections()) === 0)
})

test('a CONNECT connection is closed, also when the client resets it', async t => {
  const { url, connections } = await listening(t)
  const waiting = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true })
  waiting.write(rawRequest('CONNECT', 'example.org:80', []))
  for (let i = 0; i < 20; i += 1) {
    const socket = open(url)
    socket.write(rawRequest('CONNECT', 'example.org:80', []), () => socket.resetAndDestroy())
  }
  await until('the server is answering and has no connection left', async () => {
    const { status } = await sendRaw(url, rawRequest('GET', '/health/live', []))
    return status === 200 && (await connections()) === 0
  })
  waiting.destroy()
})

test('a slow request is closed within 30 s by default', async t => {
  t.ok(LIMITS.head + LIMITS.check <= 30_000)
  t.ok(LIMITS.request + LIMITS.check <= 30_000)
})

test('a request that is not valid HTTP is answered with a problem', async t => {
  const { url } = await listening(t)
  for (const [what, bytes, status] of [
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', 400],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['a NUL in the path', rawRequest('GET', '/\0', []), 400],
    ['bytes beyond ASCII in the query', rawRequest('GET', '/list?word=caf\xc3\xa9', []), 400],
    ['a NUL in a header', rawRequest('GET', '/me', ['X: \0']), 400],
    ['two lengths', rawRequest('POST', '/done', ['Content-Length: 1', 'Content-Length: 2']), 400],
    [
      'a length and chunks',
      rawRequest('POST', '/done', ['Content-Length: 1', 'Transfer-Encoding: chunked']),
      400,
    ],
    ['no chunk', rawRequest('POST', '/nowhere', ['Transfer-Encoding: chunked'], 'zz\r\n'), 400],
    ['a long path', rawRequest('GET', `/${'x'.repeat(20_000)}`, []), 431],
    ['a long header', rawRequest('GET', '/me', [`X: ${'x'.repeat(20_000)}`]), 431],
    ['many headers', rawRequest('GET', '/me', Array(3000).fill('X: 12345')), 431],
  ] as const) {
    const { body, headers, ...answer } = await sendRaw(url, bytes)
    t.match({ ...answer, headers }, { status, headers: { 'content-type': 'application/problem+json' } }, what)
    t.match(JSON.parse(body || '{}'), { status, type: 'urn:daybook:error:DAYBOOK_REQUEST_INVALID' }, what)
  }
})
