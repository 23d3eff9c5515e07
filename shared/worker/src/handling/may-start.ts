/** What a worker knows about the time of the broker, from one record that it published. Its own times are monotonic. */
export interface BrokerTime {
  /** When the broker appended the record: milliseconds since 1970, by the broker's clock. */
  appendedAt: number
  /** When the worker began to send the record. */
  sentAt: number
  /** When the worker got the acknowledgement. */
  ackedAt: number
}

/** The interval in which an attempt may start: milliseconds since 1970, by the broker's clock. */
export interface StartInterval {
  startFrom: number | undefined
  startBy: number
}

export type MayStart = { verdict: 'start' } | { verdict: 'wait'; ms: number } | { verdict: 'late' }

/**
 * Decides whether a handler may start now. The broker appended the record at some moment between the sending and the
 * acknowledgement. So the broker's clock shows at least the time of the record plus the time since the acknowledgement, and
 * at most the time of the record plus the time since the sending. A start is right only if both are within the interval.
 * @param now the worker's monotonic time
 */
export function mayStart(
  { startFrom = 0, startBy }: StartInterval,
  { appendedAt, sentAt, ackedAt }: BrokerTime,
  now: number,
): MayStart {
  const [earliest, latest] = [appendedAt + now - ackedAt, appendedAt + now - sentAt]
  if (latest > startBy) return { verdict: 'late' }
  if (earliest < startFrom) return { verdict: 'wait', ms: Math.ceil(startFrom - earliest) }
  return { verdict: 'start' }
}
