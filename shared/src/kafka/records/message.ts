import type { Header, HeadersToPublish } from './headers.ts'

/** A message to publish, all of it any bytes; a text stands for its UTF-8. */
export interface OutgoingMessage {
  key: Buffer | string | null
  /** A value of null would be a tombstone, which no topic of ours uses. */
  value: Buffer | string | null
  headers: HeadersToPublish
}

/** A message as read, its place in the log included: exactly the bytes that are there. */
export interface IncomingMessage {
  /** The topic's name without the stack's prefix. */
  topic: string
  partition: number
  offset: bigint
  key: Buffer | null
  value: Buffer | null
  /** In their order, with repeats. Decoded each time they are asked for: a record of 1 MiB can have half a million. */
  readonly headers: readonly Header[]
}
