import { DaybookError } from '../../failures/errors.ts'
import type { UndecodableBatch } from '../records/fetched-record.ts'

/** The place of a batch on the broker. */
export interface Place {
  /** The stack's prefix of topic names. */
  prefix: string
  /** The topic's name without the prefix. */
  topic: string
  partition: number
}

/** Makes the error that ends a process when its consumer reaches a batch that it can't decode. */
export function undecodableError(batch: UndecodableBatch, { prefix, topic, partition }: Place): DaybookError {
  const { baseOffset, lastOffset, codec, reason } = batch
  const which = `The batch ${prefix}${topic}/${partition} at offsets ${baseOffset} to ${lastOffset} (codec: ${codec})`
  const command = `npm run -w @daybook/reporting skip-batch -- --topic ${topic} --partition ${partition} --offset ${baseOffset}`
  const error = new DaybookError(
    'DAYBOOK_KAFKA_BATCH_UNDECODABLE',
    `${which} can't be decoded: ${reason}. Records after the batch are not read. To store the batch as a dead letter and continue after it, stop reporting and run: ${command}`,
  )
  // kafkajs would fetch and decode the batch again and again.
  return Object.assign(error, { retriable: false })
}
