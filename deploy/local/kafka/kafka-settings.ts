import { LOCALHOST } from '../processes/ports.ts'

/** What the broker prints when it takes requests and the controller has let it in. */
export const KAFKA_READY = 'Kafka Server started'

/** One fixed id for every embedded cluster: 16 bytes, as Kafka's own ids have. */
export const CLUSTER_ID = Buffer.from('daybook-embedded').toString('base64url')

const LOGGER = 'org.slf4j.simpleLogger'

/** The heap, then what else makes it small and quick to start. */
export const JVM_OPTIONS = [
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:-UsePerfData',
  // The compiler that starts fast: the other costs twice the processor time, at the start and in a test run's load.
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

/** The properties of a single-node broker for a laptop: quick to start, next to nothing to do when idle. */
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
    // 0: no record every half second only to show that the controller lives.
    'metadata.max.idle.interval.ms': 0,
    // After a kill the broker is let in again only when its last session has run out: 9 s by default.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 1000,
  }
}

/** Properties as the content of a file that Kafka reads. */
export function asPropertiesFile(properties: BrokerProperties): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${escapeValue(String(value))}\n`)
    .join('')
}

/** Java's properties format: a backslash escapes, and only ASCII is certain. */
function escapeValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
