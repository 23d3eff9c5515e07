import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { client, makeStack, startService, token, until } from '@daybook/shared/testing'
import { t, test } from 'tap'

const { env } = await makeStack(t)
const uri = new URL(env.MONGODB_URI ?? '')
const { hostname: host, port } = uri
let isAway = true

/** The way to MongoDB, which is closed while MongoDB is away. */
const way = createServer(socket => {
  if (isAway) socket.destroy()
  // A connection that breaks is what this test is about.
  else pipeline(socket, connect({ host, port: Number(port) }), socket).catch(() => undefined)
}).listen(0, '127.0.0.1')
t.teardown(() => way.close())
await once(way, 'listening')
Object.assign(uri, { host: `127.0.0.1:${(way.address() as AddressInfo).port}` })
uri.searchParams.delete('replicaSet')
uri.searchParams.set('directConnection', 'true')

interface Status {
  parts: { name: string; state: string }[]
}

test('the gateway starts and is ready without MongoDB, and signs in by links when it is there', async t => {
  const { url } = await startService(t, 'gateway', { ...env, MONGODB_URI: uri.href, PORT: '0' })
  const [alice, anybody] = [client(url, await token('alice')), client(url, '')]
  t.match(await anybody('/health/ready'), { status: 200, body: { status: 'ok' } })
  const exchange = (code: string) => anybody('/sign-in', { body: { code } })
  const refused = {
    status: 503,
    body: { type: /DAYBOOK_STORE_UNAVAILABLE/, detail: /MongoDB.*Open the link again/ },
  }
  t.match(await exchange('A'.repeat(43)), refused)
  t.match(await alice('/sign-in/codes', { method: 'POST' }), {
    status: 503,
    body: { detail: /Ask for one again/ },
  })
  await until('the status says it', async () => {
    const { body } = await alice<Status>('/status')
    return body.parts.find(({ name }) => name === 'mongodb')?.state === 'no answer'
  })
  isAway = false
  let code = ''
  await until('codes are made', async () => {
    const answer = await alice<{ code: string }>('/sign-in/codes', { method: 'POST' })
    code = answer.body.code
    return answer.status === 201
  })
  t.equal((await exchange(code)).status, 200)
})
