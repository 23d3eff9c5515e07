import type { WithOutbox } from '@daybook/shared/outbox'

/**
 * A run: the making of one day's logs for one time zone. It goes through its states in this order, each step can be
 * done again, and what it waits for are offsets:
 * - closing: until the projection has passed `closingOffsets`, the end of daybook.tasks when the day was over;
 * - writing: a log request is sent for each user, then the run waits until the writers have passed `jobOffsets`;
 * - empty, in place of writing, when there is no user: looked at once more, then removed;
 * - done: DayReported is stored, to be published.
 */
export interface Run extends WithOutbox {
  /** `<day>@<timeZone>` */
  _id: string
  day: string
  timeZone: string
  state: 'closing' | 'writing' | 'empty' | 'done'
  createdAt: Date
  writingAt?: Date
  doneAt?: Date
  /** Partition to offset, as offsetsToJson makes them. */
  closingOffsets?: Record<string, string>
  /** The end of the topic of log requests when the last of them was sent. */
  jobOffsets?: Record<string, string>
  /** How many log requests were sent, and when. */
  jobs?: number
  jobsSentAt?: Date
  /** Who advances it, and until when nobody else does. */
  leaseOwner?: string
  leaseUntil?: Date
}
