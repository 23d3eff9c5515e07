import { usablePorts } from '../processes/ports.ts'
import type { MongoServer, ServerOptions } from '../processes/server.ts'
import { engineHost, startContainer } from './engine.ts'
import { imageOf } from './images.ts'

const INSIDE = 27_017
const READY = 'Waiting for connections'

/**
 * Starts MongoDB in a container and answers when it takes connections.
 * Rejects with a SetupError, leaving none, when the Docker engine can't run it.
 */
export async function startMongoContainer(options: ServerOptions): Promise<MongoServer> {
  const host = await engineHost()
  const [port = 0] = await usablePorts([options.port ?? 0], 'MongoDB', 'set MONGODB_URI to a running MongoDB')
  const image = await imageOf('mongo')
  const plan = { name: 'MongoDB', image, env: {}, inside: INSIDE, port, ready: READY }
  return {
    ...(await startContainer(plan, options)),
    uri: `mongodb://${host}:${port}/?directConnection=true`,
  }
}
