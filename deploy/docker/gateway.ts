// Forwards each service's port of the host to the containers of that service, however many there are. It resolves the
// service's name for each connection and chooses an address at random, so stopped containers are no longer used.
import { resolve4 } from 'node:dns/promises'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'

const ports = { tasks: 3001, reporting: 3002, scheduler: 3003 }

async function forward(client: Socket, service: string, port: number): Promise<void> {
  const addresses = await resolve4(service)
  const upstream = connect(port, addresses[Math.floor(Math.random() * addresses.length)])
  // Copies bytes in both directions. When one side closes, the other side is closed too.
  await pipeline(client, upstream, client)
}

for (const [service, port] of Object.entries(ports)) {
  const server = createServer({ noDelay: true }, client => {
    // A client may disconnect while the name is resolved. Later errors are handled by the pipeline.
    client.on('error', () => client.destroy())
    forward(client, service, port).catch(error => {
      client.destroy()
      // A broken connection is visible to both of its ends. A service that cannot be reached is visible only here.
      if (error.syscall === 'queryA' || error.syscall === 'connect')
        console.error(`${service}: ${error.message}`)
    })
  })
  server.listen(port)
}
process.once('SIGTERM', () => process.exit(0))
