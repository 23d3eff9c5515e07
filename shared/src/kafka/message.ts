/** A message to publish; `value` null would be a tombstone, which no topic of ours uses. */
export interface OutgoingMessage {
  key: string
  value: string
  headers: Record<string, string>
}

/** A message as read, its place in the log included. Header values are decoded as UTF-8. */
export interface IncomingMessage {
  /** The topic's name without the stack's prefix. */
  topic: string
  partition: number
  offset: bigint
  key: string | null
  value: Buffer | null
  headers: Record<string, string>
}
