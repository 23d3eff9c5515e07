import { once } from 'node:events'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'tap'
import { failClosedWrites } from '../../../src/mongo/patches/closed-writes.ts'

interface Connection {
  command(namespace: object, command: object, options: object): Promise<unknown>
  destroy(): void
}

const driver = createRequire(createRequire(import.meta.url).resolve('mongoose'))
const { Connection } = driver('mongodb/lib/cmap/connection') as {
  Connection: new (socket: Socket, options: object) => Connection
}
failClosedWrites()

test('a command fails when its connection closes before the command is written', async t => {
  const server = createServer().listen(0, '127.0.0.1')
  t.teardown(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const connection = new Connection(socket, { id: 1, generation: 1, hostAddress: `127.0.0.1:${port}` })

  const answer = connection.command({ db: 'admin' }, { ping: 1 }, {})
  connection.destroy()
  await t.rejects(answer, { name: 'MongoNetworkError', message: /closed/ })
})
