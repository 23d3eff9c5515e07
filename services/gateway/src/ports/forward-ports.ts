import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import type { FastifyBaseLogger } from 'fastify'
import { randomAddress } from '../proxy/random-address.ts'
import type { Addresses } from '../services.ts'

/**
 * Listens on the port of each service, and forwards connections to the service as they are. It resolves the service's name for each
 * connection and chooses an address at random, so connections spread over all containers of a service.
 * @param host the address to listen on
 * @returns a function that closes the ports and their connections
 */
export async function forwardPorts(
  addresses: Addresses,
  { host, log }: { host: string; log: Pick<FastifyBaseLogger, 'warn'> },
): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>()
  const servers: Server[] = []
  for (const [service, origin] of Object.entries(addresses)) {
    const server = createServer({ noDelay: true }, client => {
      sockets.add(client)
      client.once('close', () => sockets.delete(client))
      forward(client, new URL(origin)).catch(error => {
        // A broken connection is visible to both of its ends. A service that cannot be reached is visible only here.
        if (!isUnreachable(error)) return
        log.warn({ err: error, service }, 'A service cannot be reached')
      })
    })
    servers.push(server.listen(portOf(new URL(origin)), host))
    await once(server, 'listening')
  }
  return async () => {
    for (const server of servers) server.close()
    for (const socket of sockets) socket.destroy()
  }
}

/** Whether a connection was never made. A name with several addresses has a failure for each of them. */
function isUnreachable(error: NodeJS.ErrnoException | AggregateError): boolean {
  if ('errors' in error) return error.errors.some(isUnreachable)
  return ['getaddrinfo', 'connect'].includes(error.syscall ?? '')
}

const portOf = ({ port, protocol }: URL) => Number(port || (protocol === 'https:' ? 443 : 80))

async function forward(client: Socket, origin: URL): Promise<void> {
  const upstream = connect({ host: origin.hostname, port: portOf(origin), lookup: randomAddress })
  // Copies bytes in both directions. When one side closes, the other side is closed too.
  await pipeline(client, upstream, client)
}
