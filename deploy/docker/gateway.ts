// Passes each service's port on to the containers of that service, any number of them: which one is chosen anew for
// every connection, so that one which is gone is not asked again.
import { resolve4 } from 'node:dns/promises'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'

const ports = { tasks: 3001, reporting: 3002, scheduler: 3003 }

async function passOn(client: Socket, service: string, port: number): Promise<void> {
  const addresses = await resolve4(service)
  const upstream = connect(port, addresses[Math.floor(Math.random() * addresses.length)])
  // What comes from the client goes to the service, what comes back goes to the client; an end of either ends both.
  await pipeline(client, upstream, client)
}

for (const [service, port] of Object.entries(ports)) {
  const server = createServer({ noDelay: true }, client => {
    // One that goes away while the service is looked up is nobody's trouble; later ones are pipeline's.
    client.on('error', () => client.destroy())
    passOn(client, service, port).catch(error => {
      client.destroy()
      // That a connection breaks off is known to its two ends; that there is nobody to connect to is not.
      if (error.syscall === 'queryA' || error.syscall === 'connect')
        console.error(`${service}: ${error.message}`)
    })
  })
  server.listen(port)
}
process.once('SIGTERM', () => process.exit(0))
