import { createRequire } from 'node:module'
import { DaybookError } from '../../failures/errors.ts'

type Place = { topic: string; partition: number }

interface ConsumerGroup {
  groupId: string
  topicConfigurations: Record<string, { fromBeginning?: boolean }>
  recoverFromOffsetOutOfRange(error: Place): Promise<void>
}

/**
 * Makes a consumer crash when its next records are deleted. kafkajs would continue at the oldest remaining record and only
 * write a log line, so the loss would go unnoticed. Only a consumer that reads from the end may lose records.
 */
export function refuseOffsetReset(): void {
  const require = createRequire(import.meta.url)
  const group = require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup }
  const recover = group.prototype.recoverFromOffsetOutOfRange
  group.prototype.recoverFromOffsetOutOfRange = async function (this: ConsumerGroup, place) {
    const { topic, partition } = place
    if (this.topicConfigurations[topic]?.fromBeginning === false) return recover.call(this, place)
    const what = `Records of ${topic}/${partition} were deleted before the group ${this.groupId} read them`
    const error = new DaybookError(
      'DAYBOOK_KAFKA_OFFSETS_GONE',
      `${what}: restore the records, or reset the group's offsets`,
    )
    // kafkajs would retry without end.
    throw Object.assign(error, { retriable: false })
  }
}
