import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silent } from '@daybook/shared/testing'
import { test } from 'tap'
import { forwardPorts } from '../../src/ports/forward-ports.ts'

test('connections to the port of a service reach the service, and end with it', async t => {
  // Both listen on the same port, each on its own address.
  const service = createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1')
  await once(service, 'listening')
  const { port } = service.address() as AddressInfo
  const tasks = `http://127.0.0.1:${port}`
  const addresses = { tasks } as Parameters<typeof forwardPorts>[0]
  const close = await forwardPorts(addresses, { host: '127.0.0.2', log: silent })
  t.equal(await (await fetch(`http://127.0.0.2:${port}/tasks`)).text(), '/tasks')
  service.closeAllConnections()
  service.close()
  await t.rejects(fetch(`http://127.0.0.2:${port}/tasks`))
  await close()
  await t.rejects(fetch(`http://127.0.0.2:${port}/tasks`), { cause: { code: 'ECONNREFUSED' } })
})
