import { LOCALHOST } from '../processes/ports.ts'

/** The text that the broker prints when it accepts requests: it is registered with the controller by then. */
export const KAFKA_READY = 'Kafka Server started'

/** The id of every embedded cluster: 16 bytes in base64url, the format of Kafka's ids. */
export const CLUSTER_ID = Buffer.from('daybook-embedded').toString('base64url')

const LOGGER = 'org.slf4j.simpleLogger'

/** JVM options: the heap size first, then options for a small process that starts quickly. */
export const JVM_OPTIONS = [
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:-UsePerfData',
  // Use only C1, the compiler that starts quickly. With C1 and C2, the start and the load of a test run take twice the CPU
  // time.
  '-XX:TieredStopAtLevel=1',
]

export const LOG_OPTIONS = [
  `-D${LOGGER}.logFile=System.out`,
  `-D${LOGGER}.defaultLogLevel=warn`,
  `-D${LOGGER}.log.kafka.server.KafkaRaftServer=info`,
  `-D${LOGGER}.showDateTime=true`,
  `-D${LOGGER}.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX`,
]

export type BrokerPlace = { port: number; controllerPort: number; data: string }

export type BrokerProperties = Record<string, string | number | boolean>

/** Returns the properties of a single-node broker for a laptop: it starts quickly and does little when it is idle. */
export function brokerProperties({ port, controllerPort, data }: BrokerPlace): BrokerProperties {
  return {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${LOCALHOST}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://${LOCALHOST}:${port},CONTROLLER://${LOCALHOST}:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://${LOCALHOST}:${port}`,
    'log.dirs': data,
    'auto.create.topics.enable': false,
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
    // 0 turns off the record that the controller otherwise writes every half second as a sign of life.
    'metadata.max.idle.interval.ms': 0,
    // A killed broker can register again only after its last session has timed out, by default after 9 s.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 1000,
  }
}

/** Returns properties as the content of a Java properties file. */
export function asPropertiesFile(properties: BrokerProperties): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${escapeValue(String(value))}\n`)
    .join('')
}

/** Escapes a value: doubles backslashes, and writes characters outside ASCII as Unicode escapes. */
function escapeValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
