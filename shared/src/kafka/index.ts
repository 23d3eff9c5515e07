export { connectKafka, type KafkaOptions, type KafkaPort } from './connect.ts'
export type { ConsumerOptions, RunningConsumer } from './consumer.ts'
export type { IncomingMessage, OutgoingMessage } from './message.ts'
export { hasPassed, type Offsets, offsetsFromJson, offsetsToJson } from './offsets.ts'
