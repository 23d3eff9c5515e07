import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { SetupError } from './setup-error.ts'

export const LOCALHOST = '127.0.0.1'

/**
 * Checks that ports of 127.0.0.1 can be listened on, and chooses a free port for each 0. It holds all ports while it
 * checks, so it never chooses the same port twice.
 * @param owner the name of the program that needs the ports, for the error message
 * @param alternative what a person can do besides freeing the port, for the error message
 * @throws SetupError when a port is in use or needs a permission that this user does not have
 */
export async function usablePorts(ports: number[], owner: string, alternative: string): Promise<number[]> {
  const held: Server[] = []
  try {
    for (const port of ports) held.push(await (port === 0 ? holdAny() : hold(port)))
    return held.map(portOf)
  } catch (error) {
    if (!isUnusable(error)) throw error
    const { code, port } = error
    const why = code === 'EACCES' ? 'may not be used by this user' : 'is in use'
    const remedy = code === 'EACCES' ? '' : 'free it, or '
    throw new SetupError(`${owner}: port ${port} of ${LOCALHOST} ${why}: ${remedy}${alternative}`)
  } finally {
    await Promise.all(held.map(server => new Promise(resolve => server.close(resolve))))
  }
}

// Below the ports that systems give to outgoing connections: Linux from 32768, others from 49152. Otherwise a connection could take a
// port after it was chosen, and before its server listens.
const [LOWEST, BEYOND] = [20_000, 32_000]
const ATTEMPTS = 100

async function holdAny(): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await hold(randomInt(LOWEST, BEYOND))
    } catch (error) {
      if (!isUnusable(error) || attempt === ATTEMPTS) throw error
    }
  }
}

type Unusable = NodeJS.ErrnoException & { port?: number }

const isUnusable = (error: unknown): error is Unusable =>
  ['EADDRINUSE', 'EACCES'].includes((error as Unusable).code ?? '')

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
