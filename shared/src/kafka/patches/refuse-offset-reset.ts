import { createRequire } from 'node:module'
import { DaybookError } from '../../failures/errors.ts'

interface ConsumerGroup {
  groupId: string
  recoverFromOffsetOutOfRange(error: { topic: string; partition: number }): Promise<void>
}

/**
 * When the records that a consumer wants next are deleted, kafkajs jumps to the oldest that are left, and says so in its
 * log alone. Here it crashes instead: a loss must not go by silently.
 */
export function refuseOffsetReset(): void {
  const require = createRequire(import.meta.url)
  const group = require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup }
  group.prototype.recoverFromOffsetOutOfRange = async function (this: ConsumerGroup, { topic, partition }) {
    const what = `Records of ${topic}/${partition} were deleted before the group ${this.groupId} read them`
    const error = new DaybookError(
      'DAYBOOK_KAFKA_OFFSETS_GONE',
      `${what}: restore them, or reset its offsets`,
    )
    // kafkajs would try again for ever.
    throw Object.assign(error, { retriable: false })
  }
}
