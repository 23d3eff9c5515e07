import { type BrokerProperties, brokerProperties, JVM_OPTIONS, KAFKA_READY } from '../kafka/kafka-settings.ts'
import type { KafkaServer, ServerOptions } from '../processes/server.ts'
import { imageOf } from './image-of.ts'
import { startContainer } from './start-container.ts'

/** The port inside the container to which the host forwards the published port. */
const EXTERNAL_PORT = 9092
/** The ports inside the container of the internal listener of the broker and of the controller. */
const INTERNAL_PORT = 19_092
const CONTROLLER_PORT = 19_093
/** The data directory, a volume of the image. */
const DATA = '/var/lib/kafka/data'

/**
 * Starts Apache Kafka in a container, with the properties of the embedded one, and waits until it accepts requests.
 * @throws SetupError, leaving no container, when the Docker engine cannot run it
 */
export async function startKafkaContainer(options: ServerOptions): Promise<KafkaServer> {
  const image = await imageOf('kafka')
  const program = {
    name: 'Kafka',
    image,
    inside: EXTERNAL_PORT,
    ready: KAFKA_READY,
    setting: 'KAFKA_BROKERS',
    env: environment,
  } as const
  const { address, ...server } = await startContainer(program, options)
  return { ...server, brokers: [address] }
}

function environment(address: string): Record<string, string> {
  const [heap = '', ...otherOptions] = JVM_OPTIONS
  return {
    ...asEnvironment(containerProperties(address)),
    KAFKA_HEAP_OPTS: heap,
    KAFKA_JVM_PERFORMANCE_OPTS: otherOptions.join(' '),
  }
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

/** Returns the environment variables from which the image makes the properties: KAFKA_A_B for a.b. */
function asEnvironment(properties: BrokerProperties): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      `KAFKA_${name.replaceAll('.', '_').toUpperCase()}`,
      String(value),
    ]),
  )
}
