import type { Header, HeadersToPublish } from './headers.ts'

/** A message to publish. Key, value and headers may be any bytes; a text means its UTF-8. */
export interface OutgoingMessage {
  key: Buffer | string | null
  /** Null is a tombstone: it says that the key has no value any more. Only on a compacted topic. */
  value: Buffer | string | null
  headers: HeadersToPublish
  /** The partition to write to. Default: the partition of the key. */
  partition?: number
}

/** A message as read, with its place in the log. Key, value and headers are the exact bytes on Kafka. */
export interface IncomingMessage {
  /** The topic's name without the stack's prefix. */
  topic: string
  partition: number
  offset: bigint
  /**
   * The time of the record in milliseconds since 1970: when the broker appended it on a topic with LogAppendTime, else as
   * its producer set it. -1 if the record has no time.
   */
  timestamp: number
  key: Buffer | null
  value: Buffer | null
  /**
   * The headers in order, with repeated names. They are decoded on each access: a record of 1 MiB can have half a
   * million headers.
   */
  readonly headers: readonly Header[]
  /** Whether the message comes from a dead letter and not from the log. */
  readonly isReplay?: true
}
