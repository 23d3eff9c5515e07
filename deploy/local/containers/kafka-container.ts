import { type BrokerProperties, brokerProperties, JVM_OPTIONS, KAFKA_READY } from '../kafka/kafka-settings.ts'
import { usablePorts } from '../processes/ports.ts'
import type { KafkaServer, ServerOptions } from '../processes/server.ts'
import { engineHost, startContainer } from './engine.ts'
import { imageOf } from './images.ts'

/** Inside the container: what the host's port leads to, and what the broker and the controller call themselves on. */
const EXTERNAL_PORT = 9092
const INTERNAL_PORT = 19_092
const CONTROLLER_PORT = 19_093
/** A volume of the image. */
const DATA = '/var/lib/kafka/data'

/**
 * Starts Apache Kafka in a container, with the properties of the embedded one, and answers when it takes requests.
 * Rejects with a SetupError, leaving none, when the Docker engine can't run it.
 */
export async function startKafkaContainer(options: ServerOptions): Promise<KafkaServer> {
  const host = await engineHost()
  const [port = 0] = await usablePorts([options.port ?? 0], 'Kafka', 'set KAFKA_BROKERS to a running Kafka')
  const [heap = '', ...otherOptions] = JVM_OPTIONS
  const env = {
    ...asEnvironment(containerProperties(`${host}:${port}`)),
    KAFKA_HEAP_OPTS: heap,
    KAFKA_JVM_PERFORMANCE_OPTS: otherOptions.join(' '),
  }
  const image = await imageOf('kafka')
  const plan = { name: 'Kafka', image, env, inside: EXTERNAL_PORT, port, ready: KAFKA_READY }
  return { ...(await startContainer(plan, options)), brokers: [`${host}:${port}`] }
}

function containerProperties(address: string): BrokerProperties {
  const inside = brokerProperties({ port: INTERNAL_PORT, controllerPort: CONTROLLER_PORT, data: DATA })
  return {
    ...inside,
    listeners: `${inside.listeners},EXTERNAL://:${EXTERNAL_PORT}`,
    'advertised.listeners': `${inside['advertised.listeners']},EXTERNAL://${address}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,EXTERNAL:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
  }
}

/** Properties as the variables that the image makes them of: a.b is KAFKA_A_B. */
function asEnvironment(properties: BrokerProperties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      `KAFKA_${name.replaceAll('.', '_').toUpperCase()}`,
      String(value),
    ]),
  )
}
