/**
 * The outage rule of Kafka, see `addOutageRule`. Every error of kafkajs is an outage, except for a message that no broker
 * will ever accept.
 */
export function kafkaOutage(error: Error): Error | undefined {
  const isForGood = (error as { type?: string }).type === 'MESSAGE_TOO_LARGE'
  return error.name.startsWith('KafkaJS') && !isForGood ? error : undefined
}
