import { asHeaders, type Header } from './headers.ts'
import type { OutgoingMessage } from './message.ts'
import { sizeOfBody } from './record-body.ts'

// kafkajs makes one record batch per partition from the messages of a send. A broker accepts 1 MiB (max.message.bytes).
const BATCH_BYTES = 700_000
/** The approximate size of a record without its body. */
const RECORD_BYTES = 20

/** A message in the form that the patched encoder takes, see patches/encode-records.ts. */
export interface Prepared {
  key: Buffer | null
  value: Buffer | null
  exactHeaders: Header[]
  partition?: number
  /** The partition that the partitioner chose, see `javaPartitioner`. */
  sentTo?: number
}

const asBuffer = (content: Buffer | string | null) => (content === null ? null : Buffer.from(content))

/** Converts a message to the form that the producer sends. */
export const prepare = ({ key, value, headers, partition }: OutgoingMessage): Prepared => ({
  key: asBuffer(key),
  value: asBuffer(value),
  exactHeaders: asHeaders(headers),
  ...(partition === undefined ? {} : { partition }),
})

/** Divides messages, in order, into sends that a broker accepts. */
export function inBatches(messages: Prepared[]): Prepared[][] {
  const batches: Prepared[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const message of messages) {
    const bytes = RECORD_BYTES + sizeOfBody({ ...message, headers: message.exactHeaders })
    if (size + bytes > BATCH_BYTES) {
      batches.push([])
      size = 0
    }
    batches.at(-1)?.push(message)
    size += bytes
  }
  return batches
}
