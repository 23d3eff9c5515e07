import type { ServerFactory, ServerOptions } from '../processes/server.ts'
import { SetupError } from '../processes/setup-error.ts'
import { embeddedServers } from './infrastructure.ts'

/**
 * Returns a factory of servers for tests: in containers when a Docker engine answers, embedded when none does or with
 * DAYBOOK_INFRASTRUCTURE=embedded. The factory decides this once, when the first server is started, and reports it.
 */
export function testServers(): ServerFactory {
  let chosen: Promise<ServerFactory> | undefined
  const factory = ({ env, report }: ServerOptions) => {
    chosen ??= chooseFactory(env, report)
    return chosen
  }
  return {
    startKafka: async options => (await factory(options)).startKafka(options),
    startMongo: async options => (await factory(options)).startMongo(options),
  }
}

async function chooseFactory(env: NodeJS.ProcessEnv, report: (line: string) => void): Promise<ServerFactory> {
  const wanted = env.DAYBOOK_INFRASTRUCTURE
  if (wanted === 'embedded') {
    report('DAYBOOK_INFRASTRUCTURE=embedded: starting Kafka and MongoDB embedded')
    return embeddedServers
  }
  if (wanted) {
    throw new SetupError(`DAYBOOK_INFRASTRUCTURE: "${wanted}" is not valid: set it to embedded, or unset it`)
  }
  const { engineAnswers } = await import('../containers/engine.ts')
  if (!(await engineAnswers())) {
    report('No Docker engine answers: starting Kafka and MongoDB embedded')
    return embeddedServers
  }
  report('A Docker engine answers: starting Kafka and MongoDB in containers')
  const { startKafkaContainer } = await import('../containers/kafka-container.ts')
  const { startMongoContainer } = await import('../containers/mongo-container.ts')
  return { startKafka: startKafkaContainer, startMongo: startMongoContainer }
}
