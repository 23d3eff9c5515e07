import type { MongoServer, ServerOptions } from '../processes/server.ts'
import { imageOf } from './image-of.ts'
import { startContainer } from './start-container.ts'

/**
 * Starts MongoDB in a container and waits until it accepts connections.
 * @throws SetupError, leaving no container, when the Docker engine cannot run it
 */
export async function startMongoContainer(options: ServerOptions): Promise<MongoServer> {
  const program = {
    name: 'MongoDB',
    image: await imageOf('mongo'),
    inside: 27_017,
    ready: 'Waiting for connections',
    setting: 'MONGODB_URI',
  } as const
  const { address, ...server } = await startContainer(program, options)
  return { ...server, uri: `mongodb://${address}/?directConnection=true` }
}
