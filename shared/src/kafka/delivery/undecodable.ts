import { DaybookError } from '../../failures/errors.ts'
import type { UndecodableBatch } from '../records/fetched-record.ts'

/** Where a batch is: its topic without the stack's prefix. */
export interface Place {
  prefix: string
  topic: string
  partition: number
}

/** The error that ends a process whose consumer has come to a batch that it can't decode. */
export function undecodableError(batch: UndecodableBatch, { prefix, topic, partition }: Place): DaybookError {
  const { baseOffset, lastOffset, codec, reason } = batch
  const which = `The batch ${prefix}${topic}/${partition} at offsets ${baseOffset} to ${lastOffset} (codec: ${codec})`
  const command = `npm run -w @daybook/reporting skip-batch -- --topic ${topic} --partition ${partition} --offset ${baseOffset}`
  const error = new DaybookError(
    'DAYBOOK_KAFKA_BATCH_UNDECODABLE',
    `${which} can't be decoded: ${reason}. No record behind it is read. To keep it as a dead letter and go on behind it, stop reporting and run: ${command}`,
  )
  // kafkajs would fetch and decode it again for ever.
  return Object.assign(error, { retriable: false })
}
