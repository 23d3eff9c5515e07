import { createRequire } from 'node:module'
import { DaybookError } from '../../failures/errors.ts'

interface ConsumerGroup {
  groupId: string
  recoverFromOffsetOutOfRange(error: { topic: string; partition: number }): Promise<void>
}

/**
 * Makes a consumer crash when its next records are deleted. kafkajs would continue at the oldest remaining record and only
 * write a log line, so the loss would go unnoticed.
 */
export function refuseOffsetReset(): void {
  const require = createRequire(import.meta.url)
  const group = require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup }
  group.prototype.recoverFromOffsetOutOfRange = async function (this: ConsumerGroup, { topic, partition }) {
    const what = `Records of ${topic}/${partition} were deleted before the group ${this.groupId} read them`
    const error = new DaybookError(
      'DAYBOOK_KAFKA_OFFSETS_GONE',
      `${what}: restore the records, or reset the group's offsets`,
    )
    // kafkajs would retry without end.
    throw Object.assign(error, { retriable: false })
  }
}
