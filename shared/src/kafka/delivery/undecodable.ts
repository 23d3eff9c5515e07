import { DaybookError } from '../../failures/errors.ts'
import type { UndecodableBatch } from '../records/fetched-record.ts'

/** The place of a batch on the broker, and who reads it. */
export interface Place {
  /** The service whose consumer reads the batch. */
  service: string
  /** The stack's prefix of topic names. */
  prefix: string
  /** The topic's name without the prefix. */
  topic: string
  partition: number
}

/** Makes the error that ends a process when its consumer reaches a batch that it can't decode. */
export function undecodableError(batch: UndecodableBatch, place: Place): DaybookError {
  const { service, topic, partition } = place
  const command = `npm run -w @daybook/${service} skip-batch -- --topic ${topic} --partition ${partition} --offset ${batch.baseOffset}`
  return makeError(
    batch,
    place,
    `Records after the batch are not read. To store the batch as a dead letter and continue after it, stop the service ${service} and run: ${command}`,
  )
}

/** Makes the error that a consumer reports when it skips a batch that it can't decode. */
export const skippedError = (batch: UndecodableBatch, place: Place): DaybookError =>
  makeError(batch, place, 'The batch is skipped')

function makeError(batch: UndecodableBatch, place: Place, consequence: string): DaybookError {
  const { baseOffset, lastOffset, codec, reason } = batch
  const { prefix, topic, partition } = place
  const which = `The batch ${prefix}${topic}/${partition} at offsets ${baseOffset} to ${lastOffset} (codec: ${codec})`
  const error = new DaybookError(
    'DAYBOOK_KAFKA_BATCH_UNDECODABLE',
    `${which} can't be decoded: ${reason}. ${consequence}`,
  )
  // kafkajs would fetch and decode the batch again and again.
  return Object.assign(error, { retriable: false })
}
