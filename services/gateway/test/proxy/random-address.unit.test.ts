import dns from 'node:dns'
import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { type AddressInfo, connect, createServer } from 'node:net'
import { type Test, test } from 'tap'
import { randomAddress } from '../../src/proxy/random-address.ts'

/** Replaces `dns.lookup` during a test. */
function lookUp(
  t: Test,
  lookup: (answer: (error: Error | null, addresses?: dns.LookupAddress[]) => void) => void,
) {
  const original = dns.lookup
  const replace = (value: typeof dns.lookup) => {
    dns.lookup = value
    syncBuiltinESMExports()
  }
  const given = (_name: string, _options: object, answer: Parameters<typeof lookup>[0]) => lookup(answer)
  replace(given as typeof dns.lookup)
  t.teardown(() => replace(original))
}

const resolveTo = (t: Test, addresses: string[]) =>
  lookUp(t, answer =>
    answer(
      null,
      addresses.map(address => ({ address, family: 4 })),
    ),
  )

test('the next address is tried when one refuses the connection', async t => {
  resolveTo(t, ['127.0.0.3', '127.0.0.2'])
  let received = 0
  const server = createServer(socket => {
    received += 1
    socket.end()
  }).listen(0, '127.0.0.2')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  for (let connections = 0; connections < 20; connections += 1) {
    const socket = connect({ host: 'service', port, lookup: randomAddress }).resume()
    await once(socket, 'close')
  }
  t.equal(received, 20)
})

test('connections spread over all addresses', async t => {
  const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4']
  resolveTo(t, addresses)
  const first = new Set<unknown>()
  const single = new Set<unknown>()
  for (let lookups = 0; lookups < 200; lookups += 1) {
    randomAddress('service', { all: true }, (_error, found) => {
      t.strictSame((found as dns.LookupAddress[]).map(({ address }) => address).sort(), addresses)
      first.add((found as dns.LookupAddress[])[0]?.address)
    })
    randomAddress('service', {}, (_error, address, family) => single.add(`${address} ${family}`))
  }
  t.equal(first.size, 3)
  t.strictSame(
    [...single].sort(),
    addresses.map(address => `${address} 4`),
  )
})

test('a name without an address is an error', t => {
  lookUp(t, answer => answer(new Error('ENOTFOUND')))
  randomAddress('nothing', { all: true }, error => {
    t.match(error, { message: 'ENOTFOUND' })
    t.end()
  })
})
