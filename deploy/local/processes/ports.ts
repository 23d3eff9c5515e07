import { createServer, type Server } from 'node:net'
import { SetupError } from './setup-error.ts'

export const LOCALHOST = '127.0.0.1'

/**
 * Makes sure that ports of 127.0.0.1 can be listened on, and chooses one for every 0. They are held together while it
 * looks, so that it never answers the same port twice.
 * @param owner who asks, and `instead` what else a person can do, for the message of the SetupError of a port in use
 */
export async function usablePorts(ports: number[], owner: string, instead: string): Promise<number[]> {
  const held: Server[] = []
  try {
    for (const port of ports) held.push(await hold(port))
    return held.map(portOf)
  } catch (error) {
    const { code, port } = error as NodeJS.ErrnoException & { port?: number }
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EACCES' ? 'may not be listened on' : 'is in use'
    throw new SetupError(`${owner}: port ${port} of ${LOCALHOST} ${why}: free it, or ${instead}`)
  } finally {
    await Promise.all(held.map(server => new Promise(resolve => server.close(resolve))))
  }
}

function hold(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: LOCALHOST, exclusive: true }, () => resolve(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port')
  return address.port
}
