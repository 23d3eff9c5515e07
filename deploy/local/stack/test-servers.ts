import type { ServerFactory, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { embedded } from './infrastructure.ts'

/**
 * What tests start their servers with: containers where a Docker engine answers, else, or with
 * DAYBOOK_INFRASTRUCTURE=embedded, the embedded ones. It is found out, and reported, when the first one is started.
 */
export function testServers(): ServerFactory {
  let found: Promise<ServerFactory> | undefined
  const servers = ({ env, report }: ServerOptions) => {
    found ??= findServers(env, report)
    return found
  }
  return {
    startKafka: async options => (await servers(options)).startKafka(options),
    startMongo: async options => (await servers(options)).startMongo(options),
  }
}

async function findServers(env: NodeJS.ProcessEnv, report: (line: string) => void): Promise<ServerFactory> {
  const wanted = env.DAYBOOK_INFRASTRUCTURE
  if (wanted === 'embedded') {
    report('DAYBOOK_INFRASTRUCTURE=embedded: Kafka and MongoDB are started embedded')
    return embedded
  }
  if (wanted) {
    throw new SetupError(
      `DAYBOOK_INFRASTRUCTURE: "${wanted}" is not known: set it to embedded, or not at all`,
    )
  }
  const { engineAnswers } = await import('../containers/engine.ts')
  if (!(await engineAnswers())) {
    report('No Docker engine answers: Kafka and MongoDB are started embedded')
    return embedded
  }
  report('A Docker engine answers: Kafka and MongoDB are started in containers')
  const { startKafkaContainer } = await import('../containers/kafka-container.ts')
  const { startMongoContainer } = await import('../containers/mongo-container.ts')
  return { startKafka: startKafkaContainer, startMongo: startMongoContainer }
}
